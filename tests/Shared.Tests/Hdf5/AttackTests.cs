using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Pipeline.Hdf5;
using Pipeline.Tests.Parquet;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>Files made to take a reader's memory, time or stack, and files that are none.</summary>
[Collection(nameof(AloneCollection))]
public class AttackTests
{
    private const long Megabyte = 1 << 20;

    public static TheoryData<string, string> Others => new()
    {
        { "", "it is empty" },
        { "x", "not an HDF5 file" },
        { "<!DOCTYPE html><html><body>Not found</body></html>", "not an HDF5 file" },
        { "\u0089HDF\r\n\u001a\n", "cut short" },
    };

    [Theory, MemberData(nameof(Others))]
    public void What_is_no_file_of_the_format_is_refused(string text, string reason) => Refuse(Encoding.Latin1.GetBytes(text), reason);

    [Theory, InlineData(100), InlineData(512), InlineData(100_000)]
    public void Random_bytes_are_refused(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Refuse(bytes, "not an HDF5 file");
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        byte[] whole = SongFile.Make();
        using var folder = new TemporaryFolder();
        for (int length = 0; length < whole.Length; length += 41)
        {
            File.WriteAllBytes(folder["a.h5"], whole[..length]);
            Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(folder["a.h5"]));
        }
    }

    [Fact]
    public void A_missing_file_is_missing_not_damaged() => Assert.Throws<FileNotFoundException>(() => Hdf5File.Open("/nowhere/absent.h5".Replace("/nowhere/", Path.GetTempPath(), StringComparison.Ordinal)));

    [Fact]
    public void A_group_that_holds_itself_is_refused()
    {
        byte[] file = SongFile.Make();
        long root = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(64));

        // The root's symbol table node is the last: its first entry now leads to the root.
        int node = file.AsSpan().LastIndexOf("SNOD"u8);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(node + 8 + 8), root);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.h5"], file);
        using Hdf5File open = Hdf5File.Open(folder["a.h5"]);
        Assert.Contains("groups in a circle", Assert.Throws<Hdf5Exception>(() => open.Root.Children.ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("groups in a circle", Assert.Throws<Hdf5Exception>(() => open.Find("/analysis/analysis")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/analysis", open.Objects().Select(o => o.Path)); // once is enough
    }

    [Fact]
    public void A_header_that_continues_in_itself_comes_to_an_end()
    {
        byte[] file = SongFile.Make();
        int root = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(64));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(root + 2), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(root + 16), 0x10);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(root + 24), root + 16);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(root + 32), 24);
        Refuse(file, "more parts than the file has room for");
    }

    [Fact]
    public void A_header_whose_parts_are_read_again_and_again_takes_no_memory()
    {
        var stream = new MemoryStream();
        using (var writer = Hdf5Writer.Create(stream, leaveOpen: true))
        {
            writer.Dataset<int>("/one", [1], [1], new() { Attributes = [Hdf5AttributeValue.Numbers("long", new byte[60_000]), Hdf5AttributeValue.Number("short", 0x5A5A5A5A5A5A5A5A)] });
            writer.Finish();
        }

        // The message of the second attribute becomes a continuation that leads back to the first one.
        byte[] file = stream.ToArray();
        int first = Find(file, "long\0"u8, 0) - 16, second = Find(file, "short\0"u8, 0) - 16, end = Find(file, Enumerable.Repeat((byte)0x5A, 8).ToArray(), 0) + 8;
        int header = file.AsSpan(0, first).LastIndexOf((ReadOnlySpan<byte>)[1, 0, 6, 0, 1, 0, 0, 0]);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(header + 2), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(second), 0x10);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(second + 8), first);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(second + 16), end - first);
        Refuse(file, "more parts than the file has room for");
    }

    [Fact]
    public void Names_that_share_the_bytes_of_a_long_one_take_no_memory()
    {
        const int count = 1000;
        var stream = new MemoryStream();
        using (var writer = Hdf5Writer.Create(stream, leaveOpen: true))
        {
            writer.Group(new string('a', 60_000));
            for (int i = 1; i < count; i++)
            {
                writer.Dataset<byte>($"b{i:d3}", [1], [0], new() { Compact = true });
            }

            writer.Finish();
        }

        // Each name now starts within the first one, which lies behind the heap's empty name.
        byte[] file = stream.ToArray();
        int place = 8;
        for (int node = 0; (node = Find(file, "SNOD"u8, node)) >= 0; node += 8)
        {
            for (int i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(node + 6)); i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(node + 8 + 40 * i), place++);
            }
        }

        Refuse(file, "more names than its heap has room for");
    }

    [Fact]
    public void Chunks_that_many_nodes_share_take_no_time()
    {
        const int count = ushort.MaxValue, entry = 24 + 8;
        var stream = new MemoryStream();
        using (var writer = Hdf5Writer.Create(stream, leaveOpen: true))
        {
            writer.Dataset<byte>("/chunks", [1], [1], new() { ChunkShape = [1] });
            writer.Finish();
        }

        // An inner node of as many children as there can be, all of which are one leaf of as many chunks.
        byte[] file = [.. stream.ToArray(), .. new byte[2 * (count + 2) * entry]];
        int tree = Find(file, [.. "TREE"u8, 1, 0, 1, 0], 0), inner = (int)stream.Length, leaf = inner + (count + 2) * entry;
        Node(inner, 1);
        Node(leaf, 0);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(inner + 24 + i * entry + 24), leaf);
        }

        byte[] address = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(address, tree);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(Find(file, [3, 2, 2, .. address], 0) + 3), inner);
        Refuse(file, "runs in a circle");

        void Node(int at, byte level)
        {
            "TREE"u8.CopyTo(file.AsSpan(at));
            (file[at + 4], file[at + 5], file[at + 6], file[at + 7]) = (1, level, 0xFF, 0xFF);
        }
    }

    [Theory, InlineData(int.MaxValue), InlineData(int.MaxValue - 16)]
    public void A_chunk_that_is_larger_than_an_array_can_be_is_refused(int rows)
    {
        const int count = 2_200_000;
        byte[] data = new byte[count];
        new Random(1).NextBytes(data);
        var stream = new MemoryStream();
        using (var writer = Hdf5Writer.Create(stream, leaveOpen: true))
        {
            writer.Dataset<byte>("/large", [count], data, new() { ChunkShape = [count], DeflateLevel = 1 });
            writer.Finish();
        }

        byte[] file = stream.ToArray(), shape = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(shape, count);
        shape[4] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Find(file, shape, 0)), rows);
        Refuse(file, "larger than can be read");
    }

    [Fact]
    public void Trees_whose_nodes_hold_themselves_are_refused()
    {
        byte[] file = SongFile.Make();
        for (int at = 0; (at = Find(file, "TREE"u8, at)) >= 0; at += 4)
        {
            bool chunks = file[at + 4] == 1;
            byte[] forged = (byte[])file.Clone();
            forged[at + 5] = 5; // an inner node
            int rank = 0;
            for (; chunks && rank < 3 && Address(rank) >= file.Length; rank++)
            {
            }

            int child = chunks ? at + 24 + 8 + 8 * (rank + 1) : at + 32;
            BinaryPrimitives.WriteInt64LittleEndian(forged.AsSpan(child), at);
            Refuse(forged, "");

            long Address(int r) => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at + 24 + 8 + 8 * (r + 1)));
        }
    }

    [Theory, InlineData(1L << 40), InlineData(long.MaxValue), InlineData(-1), InlineData(1L << 33)]
    public void A_shape_that_the_file_cannot_hold_is_refused_before_memory_is_given(long rows)
    {
        byte[] file = SongFile.Make();

        // The dataspace message of segments_start: version 1, one dimension, of 100, with a greatest of any size.
        byte[] space = [1, 1, 1, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 255];
        int at = Find(file, space, 0);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at + 8), rows);
        Refuse(file, "segments_start");
    }

    [Theory, InlineData(1 << 20), InlineData(int.MaxValue), InlineData(-1), InlineData(0)]
    public void A_chunk_shape_that_no_chunk_can_fill_is_refused_before_memory_is_given(int rows)
    {
        byte[] file = SongFile.Make();

        // The layout message of segments_start ends with chunks of 32 elements of 8 bytes.
        int at = Find(file, [32, 0, 0, 0, 8, 0, 0, 0, 0], 0);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), rows);
        Refuse(file, "segments_start");
    }

    [Fact]
    public void A_deflate_bomb_takes_no_more_than_its_room()
    {
        // Four chunks of a megabyte of zeros; the shape is then said to be a hundredth, and the chunks as well.
        var stream = new MemoryStream();
        using (var writer = Hdf5Writer.Create(stream, leaveOpen: true))
        {
            writer.Dataset<double>("/bomb", [4 << 17], new double[4 << 17], new() { ChunkShape = [1 << 17], DeflateLevel = 9 });
            writer.Finish();
        }

        byte[] file = stream.ToArray();
        Assert.True(file.Length < 20_000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Find(file, [0, 0, 2, 0, 8, 0, 0, 0], 0)), 1 << 7);
        Refuse(file, "more than its room");
    }

    [Fact]
    public void A_chunk_that_its_checksum_does_not_fit_is_refused()
    {
        byte[] file = File.ReadAllBytes(GoldenFileTests.Golden("pytables.h5"));
        file[Find(file, [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21], 0) + 5] ^= 1; // the second chunk of /checked, which is not packed
        Refuse(file, "/checked: the chunk");
    }

    private static int Find(byte[] file, ReadOnlySpan<byte> what, int from)
    {
        int at = from < file.Length ? file.AsSpan(from).IndexOf(what) : -1;
        return at < 0 ? -1 : at + from;
    }

    private static void Refuse(byte[] bytes, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder["a.h5"];
        File.WriteAllBytes(path, bytes);
        var refusals = new List<string>();
        long before = GC.GetAllocatedBytesForCurrentThread(), started = Stopwatch.GetTimestamp();
        ReadAll.Read(path, e => refusals.Add(e.Message));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * Megabyte);
        Assert.Contains(refusals, r => r.StartsWith(path, StringComparison.Ordinal) && r.Contains(reason, StringComparison.Ordinal));
    }
}
