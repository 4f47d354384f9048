using Pipeline.Tables;

namespace Pipeline.Tests.Tables;

/// <summary>Rows that tests write: every optional column once with and once without a value.</summary>
internal static class SampleRows
{
    public static readonly Recording[] Recordings =
    [
        new("gtzan/blues.00000", "gtzan", "blues/blues.00000.wav", "blues", "One Bourbon", "John Lee Hooker", "jlh", 30.013, 22050, 1, new string('a', 64), 0.93f,
            null, null, null, "TRAXLZU12903D05F94", "SOHPKDX12A67020D04", "Endless Boogie", 1966, 121.5, 4, 0.7, 1, 0.25, 4, 1, -9.25),
        new("gtzan/jazz.00054", "gtzan", "jazz/jazz.00054.wav", null, null, null, null, 0, null, null, null, null,
            "unreadable", "it is empty", "gtzan/jazz.00053", null, null, null, null, null, null, null, null, null, null, null, null),
    ];

    public static readonly Segments[] Segments =
    [
        new("msd/TRAXLZU12903D05F94", [0, 0.5f], [1, 0.3f], [-60, -20], [-10, -8], [0.02f, 0.1f],
            [.. Enumerable.Range(0, 24).Select(i => i / 24f)], [.. Enumerable.Range(0, 24).Select(i => i * 10f - 100)], 2.5, 120, 7, 0, 3,
            0.1, 2.25, [0, 0.5f, 1], [1, 0.5f, 0.75f], [0], [0.125f], [0], [1], [0, 0.25f], [0.5f, 0]),
        new("msd/TRAAAAA128F0000000", [], [], [], [], [], [], [], 0, 0, 0, 0, 0, 0, 0, [], [], [], [], [], [], [], []),
    ];

    public static readonly Label[] Labels =
    [
        new("msd/TRAXLZU12903D05F94", "rap", "Rap", "Pop_Rock", "Rap", "Hip_Hop_Rap", null, "agree", "majority"),
        new("gtzan/blues.00000", "blues", null, null, null, null, "blues", "only-one", "folder"),
    ];

    public static readonly SplitRow[] Splits = [new("gtzan/blues.00000", "artist:john lee hooker", "train", 0), new("gtzan/jazz.00001", "artist:miles", "test", 3)];

    public static readonly Example[] Examples =
    [
        new("gtzan/blues.00000#0", "gtzan/blues.00000", "gtzan", "train", "blues", 0, 0, 30, 0, 1, 0, null, 17),
        new("gtzan/blues.00000#1", "gtzan/blues.00000", "gtzan", "train", "blues", 1, 2.5, 27.5, -1.5f, 1.1f, -3, 25, long.MaxValue),
    ];

    public static readonly FeatureRow[] Features =
    [
        new("gtzan/blues.00000#0", "gtzan/blues.00000", "gtzan", "train", "blues", "logmel", 0, 0, 0.07, 2, 3, [-80, -40.5f, 0, 1, 2, 3]),
        new("gtzan/jazz.00001#0", "gtzan/jazz.00001", "gtzan", "test", "jazz", "logmel", 4, 12.5, 5, 1, 1, [0.25f]),
    ];

    public static readonly Prediction[] Predictions =
    [
        new("gtzan/jazz.00001#0", "gtzan/jazz.00001", "test", "jazz", ["blues", "jazz"], [0.25f, 0.75f]),
    ];
}
