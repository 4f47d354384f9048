namespace Pipeline.Models;

/// <summary>How a network looks at a matrix of channels by frames.</summary>
public enum View
{
    /// <summary>As a sequence of frames, each with all channels: convolutions run along time.</summary>
    Sequence,

    /// <summary>As a picture, a line for each channel: convolutions run along time and channels.</summary>
    Picture,

    /// <summary>As one vector of all values.</summary>
    Vector,
}
