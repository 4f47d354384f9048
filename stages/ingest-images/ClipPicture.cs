using Pipeline.Datasets;

namespace Pipeline.Stages.ImageIngestion;

/// <summary>What was found out about a picture.</summary>
internal sealed class ClipPicture : FoundFile
{
    /// <summary>What it looks like from afar; empty where that is not wanted or cannot be told.</summary>
    public float[] Look { get; set; } = [];
}
