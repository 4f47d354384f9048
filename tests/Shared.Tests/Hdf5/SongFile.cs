using Pipeline.Hdf5;

namespace Pipeline.Tests.Hdf5;

/// <summary>A small file of the shape of those of the Million Song Dataset, written by the library.</summary>
internal static class SongFile
{
    public static byte[] Make()
    {
        var random = new Random(3);
        var stream = new MemoryStream();
        using var writer = Hdf5Writer.Create(stream);
        writer.Group("/", Hdf5AttributeValue.Text("TITLE", "H5 Song File"), Hdf5AttributeValue.Text("CLASS", "GROUP"));
        double[] start = [.. Enumerable.Range(0, 100).Select(i => i / 4.0)], timbre = [.. Enumerable.Range(0, 1200).Select(_ => random.NextDouble())];
        Hdf5DatasetOptions Options(params int[] chunk) => new() { ChunkShape = chunk, MaxShape = [-1, .. chunk[1..].Select(c => (long)c)], Shuffle = true, DeflateLevel = 1 };
        writer.Dataset<double>("/analysis/segments_start", [100], start, Options(32));
        writer.Dataset<double>("/analysis/segments_timbre", [100, 12], timbre, Options(15, 12) with { Fletcher32 = true });
        writer.Dataset<float>("/analysis/tiles", [30, 40], new float[1200], Options(7, 9) with { MaxShape = [30, 40], FillValue = new byte[] { 1, 2, 3, 4 } });
        writer.Dataset<int>("/analysis/plain", [6], [1, 2, 3, 4, 5, 6], new() { Attributes = [Hdf5AttributeValue.Numbers("list", 1, 2, 3)] });
        writer.Dataset<short>("/analysis/compact", [3], [7, 8, 9], new() { Compact = true });
        writer.Dataset("/metadata/artist_terms", 12, ["rock", "pop"], Options(32));
        var songs = new Hdf5TableBuilder(Hdf5Type.Compound(("title", Hdf5Type.String(16)), ("year", Hdf5Type.Int32), ("chroma", Hdf5Type.Array(Hdf5Type.Float32, 3))), 2);
        songs.Set(0, "title", "a title");
        songs.Set(1, "year", 1999);
        writer.Dataset("/metadata/songs", songs, Options(8));
        writer.Finish();
        return stream.ToArray();
    }
}
