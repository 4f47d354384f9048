namespace Pipeline.Stages.Evaluating;

/// <summary>How many verdicts a group holds.</summary>
/// <param name="Recordings">Recordings.</param>
/// <param name="RightRecordings">Those whose verdict is right.</param>
/// <param name="Windows">Windows.</param>
/// <param name="RightWindows">Those whose verdict is right.</param>
internal readonly record struct GroupCounts(int Recordings, int RightRecordings, int Windows, int RightWindows)
{
    /// <summary>Both together.</summary>
    public static GroupCounts operator +(GroupCounts a, GroupCounts b) => new(
        a.Recordings + b.Recordings, a.RightRecordings + b.RightRecordings, a.Windows + b.Windows, a.RightWindows + b.RightWindows);
}
