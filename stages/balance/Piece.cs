namespace Pipeline.Stages.Balancing;

/// <summary>What has to be known of a recording to plan its examples: 48 bytes and its key.</summary>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Group">A number for its group, as good as the group's name.</param>
/// <param name="Genre">Place of its genre among the names; -1 while it is not known.</param>
/// <param name="Source">Place of its source among the names; -1 while it is not known.</param>
/// <param name="DurationS">Length in seconds.</param>
/// <param name="Medium">What its file holds.</param>
internal readonly record struct Piece(string RecordingId, string Split, ulong Group, int Genre, int Source, double DurationS, Medium Medium)
{
    /// <summary>Whether it is a picture, which can be repeated but not changed.</summary>
    public bool IsPicture => Medium == Medium.Picture;

    /// <summary>Whether it is trained with.</summary>
    public bool IsTrain => Split == Pieces.Train;
}
