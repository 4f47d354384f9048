using Pipeline.Tables;

namespace Pipeline.Benchmarks;

/// <summary>A table of labels: every key once, few genres, some nulls.</summary>
internal static class LabelTable
{
    private static readonly string[] Genres =
    [
        "Pop_Rock", "Electronic", "Rap", "Jazz", "Latin", "RnB", "International", "Country", "Reggae", "Blues", "Folk", "New Age", "Vocal",
    ];

    private static readonly string[] Agreements = ["agree", "disagree", "only-one"];
    private static readonly string[] Rules = ["majority", "topmagd", "folder", "majority-over-minority", "first-source"];

    public static IEnumerable<Label> Rows(int count)
    {
        uint state = 2463534242;
        for (int i = 0; i < count; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            uint s = state;
            string genre = Genres[Skewed(s)];
            yield return new Label(
                $"TR{(uint)i * 2654435761u:X8}{i:X8}",
                genre,
                (s >> 4 & 3) == 0 ? null : genre,
                (s >> 6 & 3) != 0 ? null : Genres[Skewed(s >> 3)],
                (s >> 8 & 1) == 0 ? null : genre,
                null,
                (s >> 9 & 7) == 0 ? null : Genres[Skewed(s >> 11)],
                Agreements[s % 3],
                Rules[s % 5]);
        }
    }

    /// <summary>Bytes of the text, without lengths and nulls.</summary>
    public static long TextBytes(Label row) =>
        row.RecordingId.Length + row.Genre.Length + (row.TagtraumMajority?.Length ?? 0) + (row.TagtraumMinority?.Length ?? 0)
        + (row.Topmagd?.Length ?? 0) + (row.Folder?.Length ?? 0) + row.Agreement.Length + row.Rule.Length;

    // The smaller of two: common genres first.
    private static int Skewed(uint s) => (int)Math.Min(s % 13, (s >> 16) % 13);
}
