namespace Pipeline.Nn.Files;

/// <summary>Kinds of numbers in a safetensors file, of those that a network here is made of.</summary>
public enum SafetensorsItem
{
    /// <summary>Floats of 32 bits.</summary>
    F32,

    /// <summary>Signed whole numbers of 64 bits.</summary>
    I64,
}
