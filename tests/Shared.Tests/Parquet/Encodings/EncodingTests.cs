using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Parquet;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;
using Xunit;

namespace Pipeline.Tests.Parquet.Encodings;

/// <summary>Each decoder against bytes put together by hand from the format's description, and against any input in any pieces.</summary>
public class EncodingTests
{
    private static readonly byte[] ZeroToSevenInThreeBits = [0b10001000, 0b11000110, 0b11111010]; // the format's own example

    [Fact]
    public void Runs_and_groups_as_the_format_describes_them()
    {
        Assert.Equal([4, 4, 4, 4, 4, 0, 1, 2, 3, 4, 5, 6, 7, 2, 2], Runs([5 << 1, 4, 1 << 1 | 1, .. ZeroToSevenInThreeBits, 2 << 1, 2], 3, 15));

        // A run's value takes whole bytes, low byte first; its length may take several.
        Assert.Equal(Enumerable.Repeat(0x1234, 300), Runs([0xD8, 0x04, 0x34, 0x12], 13, 300));
        Assert.Equal([-1], Runs([2, 0xFF, 0xFF, 0xFF, 0xFF], 32, 1));
    }

    [Fact]
    public void Values_of_no_bits_are_zeros_without_data() => Assert.Equal(new int[1000], Runs([], 0, 1000));

    [Fact]
    public void A_last_group_may_be_cut_to_what_its_values_need()
    {
        Assert.Equal([0, 1], Runs([1 << 1 | 1, ZeroToSevenInThreeBits[0]], 3, 2));
        Refused(() => Runs([1 << 1 | 1, ZeroToSevenInThreeBits[0]], 3, 3), "too soon");
    }

    [Fact]
    public void Runs_that_cannot_be_are_refused()
    {
        Refused(() => Runs([], 3, 1), "too soon");
        Refused(() => Runs([2], 3, 1), "too soon");
        Refused(() => Runs([0x80], 3, 1), "too soon");
        Refused(() => Runs([0x80, 0x80, 0x80, 0x80, 0x80, 0x01], 3, 1), "too soon");
        Refused(() => Runs([2, 8], 3, 1), "does not fit");
        Refused(() => Runs([0, 1, 0, 1], 3, 1), "too soon"); // runs of nothing
    }

    [Fact]
    public void Runs_written_at_any_width_and_in_any_pieces_come_back() => Check(1000, random =>
    {
        int width = random.Next(1, 33);
        uint mask = width == 32 ? uint.MaxValue : (1u << width) - 1;
        var values = new List<uint>();
        var output = new ByteBuffer();
        var encoder = new RleEncoder(output, 5);
        encoder.Add(3, 100);
        encoder.Start(width); // what was pending is dropped
        for (int runs = random.Next(1, 60); runs > 0; runs--)
        {
            uint value = random.Next(3) == 0 ? mask : (uint)random.NextInt64() & mask;
            int count = random.Next(5) == 0 ? random.Next(20_000) : random.Next(random.Next(2) == 0 ? 3 : 20);
            if (random.Next(2) == 0)
            {
                encoder.Add(value, count);
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    encoder.Add(value);
                }
            }

            values.AddRange(Enumerable.Repeat(value, count));
        }

        encoder.Finish();
        int[] expected = [.. values.Select(v => (int)v)];
        var decoder = new RleDecoder();
        decoder.Start(output.Written.ToArray(), width);
        Assert.True(InPieces<int>(random, expected.Length, decoder.Read).AsSpan().SequenceEqual(expected));
        if (width <= 8)
        {
            decoder.Start(output.Written.ToArray(), width);
            Assert.True(InPieces<byte>(random, expected.Length, decoder.Read).Select(b => (int)b).SequenceEqual(expected));
        }
    });

    [Fact]
    public void A_long_run_takes_few_bytes_and_others_no_more_than_their_width()
    {
        var output = new ByteBuffer();
        var encoder = new RleEncoder(output, 3);
        encoder.Add(5, 1_000_000);
        encoder.Finish();
        Assert.Equal(4, output.Length); // three of length, one of value

        output.Clear();
        for (uint i = 0; i < 80_000; i++)
        {
            encoder.Add(i % 7);
        }

        encoder.Finish();
        Assert.InRange(output.Length, 30_000, 30_100);
    }

    [Fact]
    public void Levels_in_the_old_encoding_start_from_the_most_significant_bit()
    {
        // The format's own example: 0 to 7 as 00000101 00111001 01110111.
        var levels = new LevelDecoder(7);
        levels.StartPacked(new byte[] { 0b00000101, 0b00111001, 0b01110111 });
        byte[] read = new byte[8];
        levels.Read(read.AsSpan(0, 3));
        levels.Read(read.AsSpan(3));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], read);
    }

    [Theory, InlineData(0, 0), InlineData(1, 1), InlineData(2, 2), InlineData(3, 2), InlineData(4, 3), InlineData(255, 8)]
    public void Levels_take_the_bits_that_their_maximum_needs(int maximum, int bits) => Assert.Equal(bits, LevelDecoder.BitWidth(maximum));

    [Fact]
    public void A_level_above_its_maximum_is_refused()
    {
        var levels = new LevelDecoder(2);
        levels.StartRuns(new byte[] { 4, 3 });
        Refused(() => levels.Read(new byte[2]), "above its maximum of 2");
    }

    [Fact]
    public void Deltas_as_the_format_describes_them()
    {
        // Its examples, 1 2 3 4 5 and 7 5 3 1 2 3 4 5, in blocks of 128 in 4 miniblocks.
        byte[] header = [0x80, 0x01, 0x04];
        Assert.Equal([1, 2, 3, 4, 5], Deltas<int>([.. header, 5, 2, 2, 0, 0, 0, 0], 5));

        // First 7; differences -2 -2 -2 1 1 1 1 are 0 0 0 3 3 3 3 above the least, in two bits.
        byte[] example = [.. header, 8, 14, 3, 2, 0, 0, 0, 0b11_00_00_00, 0b00_11_11_11, 0, 0, 0, 0, 0, 0];
        Assert.Equal([7, 5, 3, 1, 2, 3, 4, 5], Deltas<int>(example, 8));
        Assert.Equal([7L, 5, 3, 1, 2, 3, 4, 5], Deltas<long>(example, 8));
    }

    [Fact]
    public void Deltas_end_where_what_follows_them_starts()
    {
        foreach (int count in new[] { 0, 1, 2, 33, 129, 130, 500 })
        {
            byte[] bytes = DeltaEncoder.Encode([.. Enumerable.Range(0, count).Select(i => (long)(i * i % 17))]);
            var decoder = new DeltaBinaryPackedDecoder<long>();
            decoder.Start((byte[])[.. bytes, 1, 2, 3, 4, 5, 6, 7, 8, 9], count);
            Assert.Equal(count, decoder.Count);
            decoder.Read(new long[count]);
            Assert.Equal(bytes.Length, decoder.End);
        }
    }

    [Fact]
    public void Deltas_of_any_numbers_come_back_in_any_pieces() => Check(600, random =>
    {
        (int block, int miniblocks) = random.Next(4) switch { 0 => (128, 1), 1 => (256, 8), 2 => (1024, 4), _ => (128, 4) };
        long[] longs = Numbers(random, random.Next(random.Next(2) == 0 ? 5 : 3000));
        var decoder = new DeltaBinaryPackedDecoder<long>();
        decoder.Start(DeltaEncoder.Encode(longs, 64, block, miniblocks), longs.Length);
        Assert.True(InPieces<long>(random, longs.Length, decoder.Read).AsSpan().SequenceEqual(longs));

        int[] ints = [.. longs.Select(v => (int)(v >> 20))];
        var narrow = new DeltaBinaryPackedDecoder<int>();
        narrow.Start(DeltaEncoder.Encode([.. ints.Select(i => (long)i)], 32, block, miniblocks), ints.Length);
        Assert.True(InPieces<int>(random, ints.Length, narrow.Read).AsSpan().SequenceEqual(ints));
    });

    [Fact]
    public void Deltas_that_cannot_be_are_refused()
    {
        Refused(() => Deltas<int>([], 1), "soon", "ends");
        Refused(() => Deltas<int>([0, 4, 1, 0], 1), "impossible blocks");
        Refused(() => Deltas<int>([0x80, 0x01, 0, 1, 0], 1), "impossible blocks");
        Refused(() => Deltas<int>([0x80, 0x01, 3, 1, 0], 1), "impossible blocks");
        Refused(() => Deltas<int>([0x80, 0x01, 32, 1, 0], 1), "impossible blocks"); // miniblocks of 4
        Refused(() => Deltas<int>([0x80, 0x01, 4, 9, 0], 1), "announces 9");
        Refused(() => Deltas<int>([0x80, 0x01, 4, 1, 0], 2), "ends");
        Refused(() => Deltas<int>([0x80, 0x01, 4, 2, 0, 0, 65, 0, 0, 0], 2), "65 bits");
        Refused(() => Deltas<int>([0x80, 0x01, 4, 2, 0, 0, 8, 0, 0, 0], 2), "ends");
    }

    [Fact]
    public void Byte_arrays_by_their_lengths_as_the_format_describes_them()
    {
        // Its example: Hello, World, Foobar, ABCDEF are the lengths 5 5 6 6 and the bytes.
        var arena = new ByteArena();
        var decoder = new DeltaLengthDecoder(arena);
        decoder.Start((byte[])[.. DeltaEncoder.Encode([5, 5, 6, 6], 32), .. "HelloWorldFoobarABCDEF"u8], 4);
        Assert.Equal(["Hello", "World", "Foobar", "ABCDEF"], Texts(arena, decoder, 4));
        Refused(() => decoder.Read(new ByteRange[1]), "ends");

        decoder.Start((byte[])[.. DeltaEncoder.Encode([5, 5], 32), .. "HelloWorl"u8], 2);
        Refused(() => decoder.Read(new ByteRange[2]), "announces 5 bytes, 4 are left");
        Refused(() => decoder.Start(DeltaEncoder.Encode([5, -5], 32), 2), "negative");
    }

    [Fact]
    public void Byte_arrays_by_their_prefixes_as_the_format_describes_them()
    {
        // Its example: axis, axle, babble, babyhood share 0, 2, 0 and 3 bytes with the one before.
        var arena = new ByteArena();
        var decoder = new DeltaByteArrayDecoder(arena, 0);
        byte[] bytes = [.. DeltaEncoder.Encode([0, 2, 0, 3], 32), .. DeltaEncoder.Encode([4, 2, 6, 5], 32), .. "axislebabbleyhood"u8];
        decoder.Start(bytes, 4);
        Assert.Equal(["axis", "axle", "babble", "babyhood"], Texts(arena, decoder, 4));

        // One value a batch, between which the arena forgets.
        decoder.Start(bytes, 4);
        foreach (string expected in new[] { "axis", "axle", "babble", "babyhood" })
        {
            arena.ClearBatch();
            Assert.Equal([expected], Texts(arena, decoder, 1));
        }

        decoder.Start((byte[])[.. DeltaEncoder.Encode([1], 32), .. DeltaEncoder.Encode([1], 32), .. "a"u8], 1);
        Refused(() => decoder.Read(new ByteRange[1]), "shares 1 bytes with one of 0");
        var wide = new DeltaByteArrayDecoder(arena, 2);
        wide.Start((byte[])[.. DeltaEncoder.Encode([0], 32), .. DeltaEncoder.Encode([1], 32), .. "a"u8], 1);
        Refused(() => wide.Read(new ByteRange[1]), "1 bytes, the schema says 2");
    }

    [Fact]
    public void Byte_arrays_in_any_encoding_come_back_in_any_pieces() => Check(300, random =>
    {
        byte[][] values = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => (byte[])SampleTable.Value(random, ColumnType.Bytes)).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        int[] shared = [.. values.Select((v, i) => i == 0 ? 0 : v.AsSpan().CommonPrefixLength(values[i - 1]))];
        byte[] lengths = DeltaEncoder.Encode([.. values.Select(v => (long)v.Length)], 32);
        byte[] prefixes = DeltaEncoder.Encode([.. shared.Select(s => (long)s)], 32);
        byte[] suffixes = DeltaEncoder.Encode([.. values.Zip(shared, (v, s) => (long)(v.Length - s))], 32);
        var arena = new ByteArena();
        (ValueDecoder<ByteRange> Decoder, byte[] Bytes)[] encodings =
        [
            (new PlainByteArrayDecoder(arena), [.. values.SelectMany(v => (byte[])[.. BitConverter.GetBytes(v.Length), .. v])]),
            (new DeltaLengthDecoder(arena), [.. lengths, .. values.SelectMany(v => v)]),
            (new DeltaByteArrayDecoder(arena, 0), [.. prefixes, .. suffixes, .. values.Zip(shared, (v, s) => v[s..]).SelectMany(v => v)]),
        ];
        foreach ((ValueDecoder<ByteRange> decoder, byte[] bytes) in encodings)
        {
            decoder.Start(bytes, values.Length);
            arena.Clear();
            var read = new List<byte[]>();
            while (read.Count < values.Length)
            {
                if (random.Next(3) == 0)
                {
                    arena.ClearBatch();
                }

                var piece = new ByteRange[random.Next(0, Math.Min(50, values.Length - read.Count) + 1)];
                decoder.Read(piece);
                read.AddRange(piece.Select(r => arena[r].ToArray()));
            }

            Assert.Equal(values, read);
            Refused(() => decoder.Read(new ByteRange[1]), "ends");
        }
    });

    [Fact]
    public void Byte_arrays_of_one_length_come_back_plain_and_split()
    {
        byte[] plain = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        byte[] split = [1, 4, 7, 2, 5, 8, 3, 6, 9];
        var arena = new ByteArena();
        foreach ((ValueDecoder<ByteRange> decoder, byte[] bytes) in new (ValueDecoder<ByteRange>, byte[])[] { (new PlainFixedDecoder(arena, 3), plain), (new SplitFixedDecoder(arena, 3), split) })
        {
            decoder.Start(bytes, 3);
            var values = new ByteRange[3];
            decoder.Read(values.AsSpan(0, 1));
            decoder.Read(values.AsSpan(1));
            Assert.Equal(plain, values.SelectMany(v => arena[v].ToArray()));
            Refused(() => decoder.Read(new ByteRange[1]), "ends");
        }

        Refused(() => new SplitFixedDecoder(arena, 3).Start(new byte[8], 3), "cannot be split");
    }

    [Fact]
    public void Split_floats_as_the_format_describes_them()
    {
        // Its example: the values AA BB CC DD, 00 11 22 33 and A3 B4 C5 D6.
        byte[] split = [0xAA, 0x00, 0xA3, 0xBB, 0x11, 0xB4, 0xCC, 0x22, 0xC5, 0xDD, 0x33, 0xD6];
        var decoder = new ByteStreamSplitDecoder<int>();
        decoder.Start(split, 3);
        int[] values = new int[3];
        decoder.Read(values.AsSpan(0, 2));
        decoder.Read(values.AsSpan(2));
        Assert.Equal([unchecked((int)0xDDCCBBAA), 0x33221100, unchecked((int)0xD6C5B4A3)], values);
        Refused(() => decoder.Read(new int[1]), "ends");
        Refused(() => decoder.Start(new byte[11], 3), "cannot be split");
    }

    [Fact]
    public void Plain_numbers_are_little_endian()
    {
        Assert.Equal([1, -2], Plain<int>([1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], 2));
        Assert.Equal([1.5f], Plain<float>([0, 0, 0xC0, 0x3F], 1));
        Assert.Equal([-2.0], Plain<double>([0, 0, 0, 0, 0, 0, 0, 0xC0], 1));
        Assert.Equal([new Int96(0x0102030405060708, 0x0A0B0C0D)], Plain<Int96>([8, 7, 6, 5, 4, 3, 2, 1, 0x0D, 0x0C, 0x0B, 0x0A], 1));
        Refused(() => Plain<long>(new byte[15], 2), "ends");
    }

    [Fact]
    public void Plain_byte_arrays_that_cannot_be_are_refused()
    {
        var decoder = new PlainByteArrayDecoder(new ByteArena());
        foreach ((byte[] bytes, string reason) in new (byte[], string)[]
        {
            ([3, 0, 0], "ends"), ([3, 0, 0, 0, 1, 2], "announces 3 bytes, 2 are left"), ([0xFF, 0xFF, 0xFF, 0xFF], "announces -1 bytes"), ([0xFF, 0xFF, 0xFF, 0x7F], "announces 2147483647"),
        })
        {
            decoder.Start(bytes, 1);
            Refused(() => decoder.Read(new ByteRange[1]), reason);
        }
    }

    [Fact]
    public void Booleans_come_eight_to_a_byte_least_significant_first_or_as_runs()
    {
        bool[] expected = [true, false, true, true, false, false, false, false, true, false];
        var plain = new PlainBooleanDecoder();
        var runs = new RleBooleanDecoder();
        foreach ((ValueDecoder<bool> decoder, byte[] bytes) in new (ValueDecoder<bool>, byte[])[]
        {
            (plain, [0b00001101, 0b00000001]), (runs, [3, 0, 0, 0, 2 << 1 | 1, 0b00001101, 0b00000001]), (runs, [6, 0, 0, 0, 1 << 1 | 1, 0b00001101, 1 << 1, 1, 4 << 1, 0]),
        })
        {
            for (int piece = 1; piece <= expected.Length; piece++)
            {
                decoder.Start(bytes, expected.Length);
                bool[] read = new bool[expected.Length];
                for (int at = 0; at < read.Length; at += piece)
                {
                    decoder.Read(read.AsSpan(at, Math.Min(piece, read.Length - at)));
                }

                Assert.Equal(expected, read);
            }
        }

        plain.Start(new byte[1], 9);
        Refused(() => plain.Read(new bool[9]), "ends");
        Refused(() => runs.Start(new byte[3], 1), "ends");
        Refused(() => runs.Start(new byte[] { 9, 0, 0, 0, 0 }, 1), "announces 9 bytes");
    }

    [Fact]
    public void Indices_look_values_up_in_the_dictionary()
    {
        var decoder = new DictionaryDecoder<int>();
        Refused(() => decoder.Start(new byte[] { 1, 4, 0 }, 2), "dictionary that is not there");
        decoder.SetDictionary(new[] { 10, 20, 30, 40, 50, 60, 70, 80 });
        decoder.Start((byte[])[3, 1 << 1 | 1, .. ZeroToSevenInThreeBits, 3000 << 1 & 0x7F | 0x80, 3000 >> 6, 4], 3008);
        int[] read = new int[3008];
        decoder.Read(read.AsSpan(0, 5));
        decoder.Read(read.AsSpan(5));
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, .. Enumerable.Repeat(50, 3000)], read);

        decoder.SetDictionary(new[] { 10 });
        decoder.Start(new byte[] { 0 }, 5); // one entry needs no bits
        decoder.Read(read.AsSpan(0, 5));
        Assert.Equal(Enumerable.Repeat(10, 5), read[..5]);

        decoder.Start(new byte[] { 1, 2, 1 }, 1);
        Refused(() => decoder.Read(new int[1]), "entry 1 of a dictionary of 1");
        Refused(() => decoder.Start(new byte[] { 33 }, 1), "33 bits");
        decoder.SetDictionary(Array.Empty<int>());
        decoder.Start(new byte[] { 0 }, 1);
        Refused(() => decoder.Read(new int[1]), "dictionary of 0");
    }

    [Fact]
    public void A_page_of_nulls_may_hold_no_bytes_whatever_its_encoding()
    {
        EmptyDecoder<int>.Instance.Read([]);
        Refused(() => EmptyDecoder<int>.Instance.Read(new int[1]), "ends");
    }

    [Fact]
    public void Values_of_a_dictionary_stay_while_batches_are_forgotten()
    {
        var arena = new ByteArena();
        ByteRange first = arena.Append("first"u8);
        arena.KeepAsDictionary();
        ByteRange second = arena.Append("second"u8);
        Assert.Equal("first", Encoding.UTF8.GetString(arena[first]));
        Assert.Equal("second", Encoding.UTF8.GetString(arena[second]));
        arena.ClearBatch();
        ByteRange third = arena.Append(first, 2, "ne"u8);
        Assert.Equal("fine", Encoding.UTF8.GetString(arena[third]));
        Assert.Equal("first", Encoding.UTF8.GetString(arena[first]));
        Assert.Equal(0, arena[default].Length);
        arena.Clear();
        Assert.Equal(0, arena.DictionaryLength);
        Assert.Equal(0, arena[default].Length);
    }

    private static int[] Runs(byte[] bytes, int width, int count)
    {
        var decoder = new RleDecoder();
        int[]? whole = null;
        foreach (int piece in new[] { 1, 7, 4096 })
        {
            decoder.Start(bytes, width);
            int[] values = new int[count];
            for (int at = 0; at < count; at += piece)
            {
                decoder.Read(values.AsSpan(at, Math.Min(piece, count - at)));
            }

            Assert.Equal(whole ?? values, values);
            whole = values;
        }

        return whole!;
    }

    private static T[] Deltas<T>(byte[] bytes, int count) where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var decoder = new DeltaBinaryPackedDecoder<T>();
        decoder.Start(bytes, count);
        var values = new T[count];
        decoder.Read(values);
        return values;
    }

    private static T[] Plain<T>(byte[] bytes, int count) where T : unmanaged
    {
        var decoder = new PlainDecoder<T>();
        decoder.Start(bytes, count);
        var values = new T[count];
        decoder.Read(values.AsSpan(0, 1));
        decoder.Read(values.AsSpan(1));
        return values;
    }

    private static string[] Texts(ByteArena arena, ValueDecoder<ByteRange> decoder, int count)
    {
        var values = new ByteRange[count];
        decoder.Read(values);
        return [.. values.Select(v => Encoding.UTF8.GetString(arena[v]))];
    }

    private delegate void Reader<T>(Span<T> destination);

    private static T[] InPieces<T>(Random random, int count, Reader<T> read)
    {
        var values = new T[count];
        int most = random.Next(4) switch { 0 => 1, 1 => 7, 2 => 4096, _ => count };
        for (int at = 0; at < count;)
        {
            int piece = Math.Min(random.Next(1, Math.Max(2, most + 1)), count - at);
            read(values.AsSpan(at, piece));
            at += piece;
        }

        return values;
    }

    private static long[] Numbers(Random random, int count)
    {
        int kind = random.Next(5);
        long value = random.NextInt64();
        return [.. Enumerable.Range(0, count).Select(i => kind switch
        {
            0 => random.NextInt64(long.MinValue, long.MaxValue),
            1 => i % 2 == 0 ? long.MinValue : long.MaxValue,
            2 => value += random.Next(-5, 1000),
            3 => value,
            _ => random.Next(10) == 0 ? random.NextInt64() : i,
        })];
    }

    private static void Check(int cases, Action<Random> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20_250_103, 3));

    private static void Refused(Action read, params string[] reasons)
    {
        string message = Assert.Throws<ParquetException>(read).Message;
        Assert.Contains(reasons, reason => message.Contains(reason, StringComparison.Ordinal));
    }

    private static void Refused<T>(Func<T> read, params string[] reasons) => Refused(() => { read(); }, reasons);
}
