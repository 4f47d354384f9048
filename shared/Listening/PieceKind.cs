namespace Pipeline.Listening;

/// <summary>What a file holds, by its content.</summary>
public enum PieceKind
{
    /// <summary>Sound, or something that may turn out to be.</summary>
    Sound,

    /// <summary>Songs' segments, in the layout of the Million Song Dataset.</summary>
    Songs,

    /// <summary>A picture (PNG).</summary>
    Picture,
}
