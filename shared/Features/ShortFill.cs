namespace Pipeline.Features;

/// <summary>What fills up a window that the music is too short for.</summary>
public enum ShortFill
{
    /// <summary>The music from its beginning, as often as needed.</summary>
    Loop,

    /// <summary>Nothing: zeros, or silence.</summary>
    Pad,
}
