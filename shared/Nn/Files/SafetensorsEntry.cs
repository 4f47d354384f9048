namespace Pipeline.Nn.Files;

/// <summary>What a safetensors file says of one of its tensors.</summary>
/// <param name="Name">Its name, alone in the file.</param>
/// <param name="Item">The kind of its numbers.</param>
/// <param name="Shape">Sizes, slowest first; none for a single number.</param>
/// <param name="Offset">Bytes from the first byte of the file to its first.</param>
/// <param name="Count">How many numbers.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsItem Item, IReadOnlyList<int> Shape, long Offset, long Count)
{
    /// <summary>Bytes of a number.</summary>
    internal static int Size(SafetensorsItem item) => item == SafetensorsItem.I64 ? sizeof(long) : sizeof(float);

    /// <summary>Sizes for people to read, such as 3 x 64.</summary>
    internal static string Text(IReadOnlyList<int> shape) => shape.Count == 0 ? "a single number" : string.Join(" x ", shape);
}
