using System.Buffers.Binary;
using System.IO.Compression;
using Pipeline.Hdf5.Filters;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>The inflate decoder, against System.IO.Compression.</summary>
public class InflateTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Whatever_zlib_packs_is_unpacked(int seed)
    {
        var random = new Random(seed);
        foreach (int length in (int[])[1, 2, 3, 31, 300, 8192, 8192 + random.Next(100), random.Next(200_000)])
        {
            byte[] plain = Data(random, length);
            foreach (ZLibCompressionStrategy strategy in Enum.GetValues<ZLibCompressionStrategy>())
            {
                byte[] packed = Pack(plain, random.Next(10), strategy), found = new byte[length];
                Assert.Equal(length, Inflate.Zlib(packed, found));
                Assert.Equal(plain, found);

                // With room to spare, and bytes behind that are nobody's.
                byte[] roomy = new byte[length + random.Next(1, 600)];
                Assert.Equal(length, Inflate.Zlib([.. packed, .. new byte[random.Next(20)]], roomy));
                Assert.True(roomy.AsSpan(0, length).SequenceEqual(plain));
                Assert.Throws<InvalidDataException>(() => Inflate.Zlib(packed, found.AsSpan(0, length - 1)));
            }
        }
    }

    [Fact]
    public void A_stream_cut_short_anywhere_is_refused()
    {
        var random = new Random(1);
        byte[] packed = Pack(Data(random, 3000), 6, ZLibCompressionStrategy.Default), room = new byte[3000];
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Inflate.Zlib(packed.AsSpan(0, length), room));
        }
    }

    [Fact]
    public void A_damaged_stream_is_unpacked_as_zlib_does_or_refused()
    {
        int refused = 0;
        byte[] room = new byte[4000];
        for (int seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            byte[] plain = Data(random, random.Next(1, 2000)), packed = Pack(plain, random.Next(10), (ZLibCompressionStrategy)random.Next(5));
            for (int faults = random.Next(1, 4); faults > 0; faults--)
            {
                packed[random.Next(packed.Length)] ^= (byte)(1 << random.Next(8));
            }

            byte[]? expected = Unpack(packed, room.Length);
            room.AsSpan().Fill(0xAA);
            try
            {
                int length = Inflate.Zlib(packed, room);
                Assert.True(expected is not null && room.AsSpan(0, length).SequenceEqual(expected), $"seed {seed}");
            }
            catch (InvalidDataException e)
            {
                // The end of a last block may be lost, and nothing else.
                Assert.True(expected is null || e.Message.Contains("cut short", StringComparison.Ordinal), $"seed {seed}: {e.Message}");
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 20_000);
    }

    [Fact]
    public void A_checksum_of_any_length_is_that_of_the_plain_loop()
    {
        var random = new Random(5);
        foreach (int length in (int[])[0, 1, 31, 32, 33, 5551, 5552, 5553, 100_000])
        {
            byte[] data = new byte[length];
            random.NextBytes(data);
            Check(data);
            data.AsSpan().Fill(255); // the largest sums
            Check(data);
        }

        static void Check(byte[] data)
        {
            uint sum = 1, sumOfSums = 0;
            foreach (byte[] part in data.Chunk(1000))
            {
                Adler32.Add(part, ref sum, ref sumOfSums);
                (sum, sumOfSums) = (sum % 65521, sumOfSums % 65521);
            }

            Assert.Equal(sumOfSums << 16 | sum, Adler32.Compute(data));
        }
    }

    // Of noise, words and runs in turn, so that streams have literals, near and far matches, and codes of every length.
    private static byte[] Data(Random random, int length)
    {
        byte[] data = new byte[length];
        int skew = random.Next(1, 12);
        for (int at = 0; at < length;)
        {
            Span<byte> part = data.AsSpan(at, Math.Min(random.Next(1, 900), length - at));
            switch (random.Next(4))
            {
                case 0:
                    random.NextBytes(part);
                    break;
                case 1:
                    part.Fill((byte)random.Next(256));
                    break;
                case 2 when at > 0:
                    int from = random.Next(at);
                    for (int i = 0; i < part.Length; i++)
                    {
                        part[i] = data[from + i];
                    }

                    break;
                default:
                    for (int i = 0; i < part.Length; i++)
                    {
                        part[i] = (byte)(255 * Math.Pow(random.NextDouble(), skew));
                    }

                    break;
            }

            at += part.Length;
        }

        return data;
    }

    private static byte[] Pack(byte[] data, int level, ZLibCompressionStrategy strategy)
    {
        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy }))
        {
            zlib.Write(data);
        }

        return stream.ToArray();
    }

    private static byte[]? Unpack(byte[] packed, int most)
    {
        try
        {
            byte[] room = new byte[most + 1];
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            int length = zlib.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            // It is silent about a stream that ends too soon: mostly the checksum of what there was is then nowhere.
            byte[] checksum = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(checksum, Adler32.Compute(room.AsSpan(0, length)));
            return length > 0 && length <= most && packed.AsSpan().IndexOf(checksum) >= 0 ? room[..length] : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
