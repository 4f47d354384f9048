using System.Runtime.InteropServices;
using Pipeline.Hdf5;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>What the writer writes, the reader reads; tests/Interop has others read it.</summary>
public class WriterTests
{
    private static readonly Hdf5Type[] Types =
    [
        Hdf5Type.Int8, Hdf5Type.UInt16, Hdf5Type.Int32, Hdf5Type.UInt64, Hdf5Type.Float16, Hdf5Type.Float32, Hdf5Type.Float64, Hdf5Type.Bool,
        Hdf5Type.String(1), Hdf5Type.String(20, Hdf5StringPadding.SpacePadded, utf8: true), Hdf5Type.Array(Hdf5Type.Int16, 2, 3),
        Hdf5Type.Int32 with { IsBigEndian = true }, Hdf5Type.Float64 with { IsBigEndian = true },
        Hdf5Type.Enumeration(Hdf5Type.Int16, new("MINUS", -5), new("PLUS", 300)),
        Hdf5Type.Compound(("a", Hdf5Type.Int32), ("a longer name", Hdf5Type.String(7))),
        Hdf5Type.Compound(("list", Hdf5Type.Array(Hdf5Type.Float32, 4)), ("inner", Hdf5Type.Compound(("x", Hdf5Type.Int8), ("y", Hdf5Type.Float64)))),
        Hdf5Type.Compound(24, [new("first", 0, Hdf5Type.Int8), new("last", 16, Hdf5Type.Int64)]),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void Any_type_shape_and_layout_comes_back(int seed)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var written = new Dictionary<string, (Hdf5Type Type, long[] Shape, byte[] Data, Hdf5DatasetOptions Options)>();
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            foreach (Hdf5Type type in Types)
            {
                long[] shape = [.. Enumerable.Range(0, random.Next(5)).Select(_ => (long)random.Next(random.Next(3) == 0 ? 40 : 7))];
                byte[] data = new byte[shape.Aggregate(type.Size, (size, d) => size * (int)d)];
                random.NextBytes(data);
                bool chunked = shape.Length > 0 && random.Next(4) > 0;
                byte[] fill = new byte[random.Next(2) * type.Size];
                random.NextBytes(fill);
                var options = new Hdf5DatasetOptions
                {
                    ChunkShape = chunked ? [.. shape.Select(d => random.Next(1, (int)d + 3))] : null,
                    MaxShape = chunked && random.Next(2) == 0 ? [.. shape.Select(d => random.Next(3) switch { 0 => -1, 1 => d, _ => d + 5 })] : null,
                    Compact = !chunked && data.Length < 60_000 && random.Next(2) == 0,
                    Shuffle = chunked && random.Next(2) == 0,
                    DeflateLevel = chunked ? random.Next(10) : 0,
                    Fletcher32 = chunked && random.Next(2) == 0,
                    FillValue = fill,
                    Attributes = [Hdf5AttributeValue.Text("TITLE", "a title"), Hdf5AttributeValue.Number("n", seed)],
                };
                string path = $"/g{random.Next(3)}/d{written.Count}";
                writer.Dataset(path, type, shape, data, options);
                written.Add(path, (type, shape, data, options));
            }

            writer.Finish();
        }

        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        foreach ((string path, (Hdf5Type type, long[] shape, byte[] data, Hdf5DatasetOptions options)) in written)
        {
            Hdf5Dataset dataset = file.Dataset(path);
            Assert.Equal(type, dataset.Type);
            Assert.Equal(shape, dataset.Shape);
            Assert.Equal(options.MaxShape ?? shape, dataset.MaxShape);
            Assert.Equal(options.ChunkShape, dataset.ChunkShape);
            Assert.Equal(options.FillValue.ToArray(), dataset.FillValue.ToArray());
            Assert.Equal(data, dataset.ReadBytes());
            Assert.Equal("a title", dataset.FindAttribute("TITLE")!.Text());
            Assert.Equal(seed, dataset.FindAttribute("n")!.Number());
        }
    }

    [Fact]
    public void Groups_of_thousands_and_trees_of_thousands_of_chunks_come_back()
    {
        using var folder = new TemporaryFolder();
        int[] names = [.. Enumerable.Range(0, 9000)];
        double[] values = [.. Enumerable.Range(0, 5000).Select(i => i / 8.0)];
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            foreach (int i in names)
            {
                writer.Dataset<int>($"/many/n{i}", [], [i]);
            }

            writer.Dataset<double>("/chunks", [values.Length], values, new() { ChunkShape = [1] });
            writer.Finish();
        }

        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        Assert.True(file.Length > 1 << 20); // too large to be read whole
        foreach (int i in names)
        {
            Assert.Equal([i], file.Dataset($"/many/n{i}").ReadInt32s());
        }

        Assert.Equal(names.Select(i => $"n{i}").Order(StringComparer.Ordinal), ((Hdf5Group)file.Find("/many")!).Children.Select(c => c.Name));
        Assert.Equal(values, file.Dataset("chunks").ReadDoubles());
        Assert.Equal(values[4090..4100], file.Dataset("chunks").ReadDoubles(4090, 10));
    }

    [Fact]
    public void A_part_of_a_large_dataset_is_read_without_the_rest()
    {
        using var folder = new TemporaryFolder();
        float[] values = [.. Enumerable.Range(0, 2_000_000).Select(i => (float)i)];
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            writer.Dataset<float>("/plain", [500_000, 4], values);
            writer.Dataset<float>("/packed", [500_000, 4], values, new() { ChunkShape = [1000, 4], Shuffle = true, DeflateLevel = 1 });
            writer.Finish();
        }

        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        foreach (string name in (string[])["plain", "packed"])
        {
            Hdf5Dataset dataset = file.Dataset(name);
            long before = GC.GetAllocatedBytesForCurrentThread();
            float[] part = dataset.ReadFloats(123_456, 3000);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 48_000, 400_000);
            Assert.Equal(values[(4 * 123_456)..(4 * 126_456)], part);
            for (int row = 77_000; row < 77_100; row++)
            {
                Assert.Equal(values[(4 * row)..(4 * row + 4)], dataset.ReadFloats(row, 1));
            }
        }
    }

    [Fact]
    public void The_same_calls_give_the_same_bytes()
    {
        static byte[] Write()
        {
            var stream = new MemoryStream();
            using var writer = Hdf5Writer.Create(stream, leaveOpen: true);
            writer.Group("/", Hdf5AttributeValue.Text("TITLE", ""));
            writer.Dataset<double>("/a/b", [3], [1, 2, 3], new() { ChunkShape = [2], MaxShape = [-1], Shuffle = true, DeflateLevel = 1 });
            writer.Finish();
            return stream.ToArray();
        }

        Assert.Equal(Write(), Write());
    }

    [Fact]
    public void Tables_and_texts_are_put_together_by_name()
    {
        using var folder = new TemporaryFolder();
        Hdf5Type type = Hdf5Type.Compound(("title", Hdf5Type.String(5)), ("year", Hdf5Type.Int32), ("tempo", Hdf5Type.Float64), ("small", Hdf5Type.UInt8), ("half", Hdf5Type.Float32));
        var table = new Hdf5TableBuilder(type, 2);
        table.Set(0, "title", "abcdé"); // é takes two bytes, of which one has room
        table.Set(1, "title", "été");
        table.Set(0, "year", -1999);
        table.Set(1, "tempo", 0.1);
        table.Set(1, "small", 255);
        table.Set(1, "half", 0.5);
        Assert.Throws<OverflowException>(() => table.Set(0, "small", 256));
        Assert.Throws<OverflowException>(() => table.Set(0, "year", 0.5));
        Assert.Throws<ArgumentException>(() => table.Set(0, "absent", 1));
        Assert.Throws<ArgumentException>(() => table.Set(0, "title", 1));
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            writer.Dataset("/songs", table, new() { ChunkShape = [4], MaxShape = [-1] });
            writer.Dataset("/terms", 4, ["rock", "", "été and more"]);
            writer.Finish();
        }

        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        Hdf5Rows rows = file.Dataset("/songs").ReadTable();
        Assert.Equal(["abcd", "été"], [rows.Text(0, 0), rows.Text(1, 0)]);
        Assert.Equal([-1999, 0], [rows.Int32(0, 1), rows.Int32(1, 1)]);
        Assert.Equal([0, 0.1, 255, 0.5], [rows.Double(0, 2), rows.Double(1, 2), rows.Double(1, 3), rows.Double(1, 4)]);
        Assert.Equal(["rock", "", "ét"], file.Dataset("/terms").ReadTexts().Select(t => t.TrimEnd('\0')));
    }

    [Fact]
    public void Attributes_of_every_kind_come_back()
    {
        using var folder = new TemporaryFolder();
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            writer.Group(
                "/g",
                Hdf5AttributeValue.Text("text", "été"),
                Hdf5AttributeValue.Text("empty", ""),
                Hdf5AttributeValue.NoText("none"),
                Hdf5AttributeValue.Texts("texts", "a", "bcd"),
                Hdf5AttributeValue.Number("int", -5),
                Hdf5AttributeValue.Number("flag", true),
                Hdf5AttributeValue.Numbers<double>("doubles", 0.5, -1e300),
                Hdf5AttributeValue.Of("square", Hdf5Type.Int16, [2, 2], MemoryMarshal.AsBytes<short>([1, 2, 3, 4])));
            writer.Finish();
        }

        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        Hdf5Object group = file.Find("/g")!;
        Assert.Equal(["text", "empty", "none", "texts", "int", "flag", "doubles", "square"], group.Attributes.Select(a => a.Name));
        Assert.Equal(["été", "", ""], group.Attributes.Take(3).Select(a => a.Text()));
        Assert.True(group.Attributes[2].IsNull);
        Assert.Equal(["a", "bcd"], group.Attributes[3].Texts());
        Assert.Equal([-5, 1], [group.Attributes[4].Number(), group.Attributes[5].Number()]);
        Assert.Equal([0.5, -1e300], group.Attributes[6].Numbers());
        Assert.Equal([1, 2, 3, 4], group.Attributes[7].Numbers());
        Assert.Equal([2, 2], group.Attributes[7].Shape);
        Assert.Throws<Hdf5Exception>(() => group.Attributes[0].Number());
        Assert.Throws<Hdf5Exception>(() => group.Attributes[4].Text());
    }

    [Fact]
    public void Numbers_are_converted_or_refused_never_bent()
    {
        using var folder = new TemporaryFolder();
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            writer.Dataset<ulong>("/large", [2], [1, ulong.MaxValue]);
            writer.Dataset<long>("/long", [2], [-3, 1L << 40]);
            writer.Dataset<double>("/double", [3], [0.1, double.NaN, 1e300]);
            writer.Finish();
        }

        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        Assert.Equal([1, 18446744073709551615.0], file.Dataset("large").ReadDoubles());
        Assert.Throws<Hdf5Exception>(() => file.Dataset("large").ReadInt64s());
        Assert.Equal([-3, 1L << 40], file.Dataset("long").ReadInt64s());
        Assert.Equal([-3f, 1L << 40], file.Dataset("long").ReadFloats());
        Assert.Throws<Hdf5Exception>(() => file.Dataset("long").ReadInt32s());
        Assert.Equal([0.1f, float.NaN, float.PositiveInfinity], file.Dataset("double").ReadFloats());
        Assert.Throws<Hdf5Exception>(() => file.Dataset("double").ReadInt32s());
        Assert.Throws<Hdf5Exception>(() => file.Dataset("double").ReadTexts());
        Assert.Throws<Hdf5Exception>(() => file.Dataset("double").ReadTable());
        Assert.Throws<Hdf5Exception>(() => file.Dataset("double").ReadDoubles(2, 2));
    }

    [Fact]
    public void An_unfinished_file_is_not_taken_for_whole()
    {
        using var folder = new TemporaryFolder();
        using (var writer = Hdf5Writer.Create(folder["a.h5"]))
        {
            writer.Dataset<int>("/a", [2000], new int[2000]);
        }

        Assert.Contains("not an HDF5 file", Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(folder["a.h5"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Misuse_is_refused_and_leaves_nothing_behind()
    {
        var stream = new MemoryStream();
        using var writer = Hdf5Writer.Create(stream);
        writer.Dataset<int>("/a", [1], [1]);
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/a", [1], [1]));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/a/b", [1], [1]));
        Assert.Throws<ArgumentException>(() => writer.Group("/a"));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/b", [2], [1]));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/b", [1], [1], new() { DeflateLevel = 1 }));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/b", [1], [1], new() { MaxShape = [-1] }));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/b", [1], [1], new() { ChunkShape = [0] }));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/b", [1], [1], new() { ChunkShape = [1, 1] }));
        Assert.Throws<ArgumentException>(() => writer.Dataset<int>("/b", [1], [1], new() { FillValue = new byte[3] }));
        Assert.Throws<ArgumentException>(() => writer.Dataset<byte>("/b", [70_000], new byte[70_000], new() { Compact = true }));
        Assert.Throws<ArgumentException>(() => writer.Group("/c", Hdf5AttributeValue.Text("long", new string('x', 70_000))));
        Assert.Throws<ArgumentException>(() => writer.Group("/c", Hdf5AttributeValue.Number("n", 1), Hdf5AttributeValue.Number("n", 2)));
        writer.Finish();
        Assert.Throws<InvalidOperationException>(() => writer.Dataset<int>("/b", [1], [1]));
        Assert.Throws<InvalidOperationException>(writer.Finish);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.h5"], stream.ToArray());
        using Hdf5File file = Hdf5File.Open(folder["a.h5"]);
        Assert.Equal(["/", "/a"], file.Objects().Select(o => o.Path));
    }
}
