using System.Buffers.Binary;
using System.IO.Compression;
using Pipeline.Parquet;
using Pipeline.Parquet.Codecs;
using Xunit;

namespace Pipeline.Tests.Parquet.Codecs;

public class PageCompressionTests
{
    // Checksum, length, and the bits that mark the end of the data: .NET does not miss them if they are cut off.
    private const int GzipTrailer = 10;

    public static TheoryData<CompressionCodec> Written =>
    [
        CompressionCodec.Uncompressed, CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstd,
    ];

    public static TheoryData<CompressionCodec> Decoded =>
    [
        CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstd,
        CompressionCodec.Lz4, CompressionCodec.Lz4Raw,
    ];

    /// <summary>Without a limit on what a few bytes can stand for, so that a forged length is not refused at once.</summary>
    public static TheoryData<CompressionCodec> Unbounded => [CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstd];

    public static TheoryData<CompressionCodec, string> Known => new()
    {
        { CompressionCodec.Snappy, nameof(KnownCompressions.Snappy) },
        { CompressionCodec.Gzip, nameof(KnownCompressions.Gzip) },
        { CompressionCodec.Gzip, nameof(KnownCompressions.GzipOfTwoMembers) },
        { CompressionCodec.Gzip, nameof(KnownCompressions.Zlib) },
        { CompressionCodec.Zstd, nameof(KnownCompressions.ZstdWithSizeAndChecksum) },
        { CompressionCodec.Zstd, nameof(KnownCompressions.ZstdWithoutSize) },
        { CompressionCodec.Zstd, nameof(KnownCompressions.ZstdOfTwoFrames) },
        { CompressionCodec.Brotli, nameof(KnownCompressions.Brotli) },
        { CompressionCodec.Lz4Raw, nameof(KnownCompressions.Lz4Block) },
    };

    [Theory, MemberData(nameof(Written))]
    public void Every_page_comes_back_as_it_was(CompressionCodec codec)
    {
        using var compressor = new PageCompressor(codec);
        using var decompressor = new PageDecompressor();
        SamplePages.Check(page => decompressor.Decompress(codec, compressor.Compress(page), page.Length).SequenceEqual(page));
    }

    [Theory, MemberData(nameof(Written))]
    public void The_same_page_gives_the_same_bytes_whatever_was_compressed_before(CompressionCodec codec)
    {
        using var used = new PageCompressor(codec);
        SamplePages.Check(
            page =>
            {
                using var fresh = new PageCompressor(codec);
                return used.Compress(page).SequenceEqual(fresh.Compress(page));
            },
            pages: 60);
    }

    [Theory, MemberData(nameof(Known))]
    public void What_other_programs_compressed_is_decoded(CompressionCodec codec, string name)
    {
        using var decompressor = new PageDecompressor();
        Assert.Equal(KnownCompressions.Text, decompressor.Decompress(codec, Compression(name), KnownCompressions.Text.Length));
    }

    [Theory, MemberData(nameof(Known))]
    public void A_page_that_is_not_as_long_as_announced_is_refused(CompressionCodec codec, string name)
    {
        using var decompressor = new PageDecompressor();
        int right = KnownCompressions.Text.Length;
        foreach (int announced in new[] { 0, 1, 300, right - 1, right + 1, 2 * right, 100_000, int.MaxValue, -1 })
        {
            Assert.Throws<CodecException>(() => decompressor.Decompress(codec, Compression(name), announced).Length);
        }
    }

    [Theory, MemberData(nameof(Known))]
    public void A_page_that_is_cut_off_anywhere_is_refused(CompressionCodec codec, string name)
    {
        using var decompressor = new PageDecompressor();
        byte[] whole = Compression(name);
        int checkedLength = whole.Length - (codec == CompressionCodec.Gzip ? GzipTrailer : 0);
        for (int length = 0; length < checkedLength; length++)
        {
            Assert.Throws<CodecException>(
                () => decompressor.Decompress(codec, whole.AsSpan(0, length), KnownCompressions.Text.Length).Length);
        }
    }

    [Theory]
    [InlineData(nameof(KnownCompressions.Gzip))]
    [InlineData(nameof(KnownCompressions.GzipOfTwoMembers))]
    [InlineData(nameof(KnownCompressions.Zlib))]
    public void A_gzip_page_without_its_checksum_is_refused_or_complete(string name)
    {
        using var decompressor = new PageDecompressor();
        for (int missing = 1; missing <= GzipTrailer; missing++)
        {
            try
            {
                Assert.Equal(
                    KnownCompressions.Text,
                    decompressor.Decompress(CompressionCodec.Gzip, Compression(name).AsSpan()[..^missing], KnownCompressions.Text.Length));
            }
            catch (CodecException)
            {
                // more than the checksum was missing
            }
        }
    }

    [Theory]
    [InlineData(CompressionCodec.Gzip, nameof(KnownCompressions.Gzip), 8)]
    [InlineData(CompressionCodec.Gzip, nameof(KnownCompressions.Zlib), 4)]
    [InlineData(CompressionCodec.Zstd, nameof(KnownCompressions.ZstdWithSizeAndChecksum), 4)]
    public void A_wrong_checksum_is_noticed(CompressionCodec codec, string name, int fromEnd)
    {
        using var decompressor = new PageDecompressor();
        byte[] changed = [.. Compression(name)];
        changed[^fromEnd] ^= 1;
        Assert.Throws<CodecException>(() => decompressor.Decompress(codec, changed, KnownCompressions.Text.Length).Length);
    }

    [Theory, MemberData(nameof(Decoded))]
    public void Damaged_pages_are_decoded_to_the_announced_length_or_refused(CompressionCodec codec)
    {
        using var decompressor = new PageDecompressor();
        var random = new Random(5);
        int refused = 0;
        SamplePages.Check(
            page =>
            {
                byte[] compressed = Compress(codec, page);
                for (int i = 0; i < 20 && compressed.Length > 0; i++)
                {
                    byte[] damaged = Damage(compressed, random);
                    int announced = random.Next(4) == 0 ? random.Next(2 * page.Length + 1) : page.Length;
                    try
                    {
                        if (decompressor.Decompress(codec, damaged, announced).Length != announced)
                        {
                            return false;
                        }
                    }
                    catch (CodecException e) when (e.Message.Length > 0)
                    {
                        refused++;
                    }
                }

                return decompressor.Decompress(codec, compressed, page.Length).SequenceEqual(page);
            },
            pages: 100);
        Assert.True(refused > 100, $"only {refused} damaged pages were noticed");
    }

    [Theory, MemberData(nameof(Decoded))]
    public void Noise_is_decoded_to_the_announced_length_or_refused(CompressionCodec codec)
    {
        using var decompressor = new PageDecompressor();
        var random = new Random(6);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] noise = SamplePages.Noise(random, random.Next(40));
            int announced = random.Next(200);
            try
            {
                Assert.Equal(announced, decompressor.Decompress(codec, noise, announced).Length);
            }
            catch (CodecException)
            {
                // as it should be
            }
        }
    }

    [Theory, MemberData(nameof(Decoded))]
    public void A_forged_length_does_not_make_us_allocate(CompressionCodec codec)
    {
        byte[] compressed = Compress(codec, SamplePages.Text(new Random(7), 2_000));
        using var decompressor = new PageDecompressor();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CodecException>(() => decompressor.Decompress(codec, compressed, int.MaxValue).Length);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, PageDecompressor.TrustedLength + 100_000);
    }

    [Theory]
    [InlineData(CompressionCodec.Snappy)]
    [InlineData(CompressionCodec.Lz4)]
    [InlineData(CompressionCodec.Lz4Raw)]
    public void A_length_beyond_what_the_format_can_express_is_refused_at_once(CompressionCodec codec)
    {
        byte[] compressed = Compress(codec, new byte[1_000_000]);
        using var decompressor = new PageDecompressor();
        int impossible = compressed.Length * (codec == CompressionCodec.Snappy ? 22 : 256);
        var e = Assert.Throws<CodecException>(() => decompressor.Decompress(codec, compressed, impossible).Length);
        Assert.Contains("cannot hold", e.Message);
    }

    [Theory, MemberData(nameof(Unbounded))]
    public void A_long_page_of_few_bytes_is_decoded_in_a_buffer_that_grows(CompressionCodec codec)
    {
        byte[] page = new byte[2 * PageDecompressor.TrustedLength + 12_345];
        page[^1] = 1;
        byte[] compressed = Compress(codec, page);
        Assert.True(page.Length > compressed.Length * PageDecompressor.TrustedRatio);

        using var decompressor = new PageDecompressor();
        Assert.True(decompressor.Decompress(codec, compressed, page.Length).SequenceEqual(page));

        // One byte more or less, or an end too early, is noticed on this path as well.
        foreach ((int length, int announced) in new[]
        {
            (compressed.Length, page.Length - 1), (compressed.Length, page.Length + 1), (compressed.Length - 20, page.Length),
        })
        {
            using var fresh = new PageDecompressor();
            Assert.Throws<CodecException>(() => fresh.Decompress(codec, compressed.AsSpan(0, length), announced).Length);
        }

        // And a failure leaves nothing behind.
        Assert.True(decompressor.Decompress(codec, compressed, page.Length).SequenceEqual(page));
    }

    [Fact]
    public void Zstandard_frames_without_a_size_are_decoded_in_a_buffer_that_grows()
    {
        // A frame of run-length blocks, by hand: a window of 1 MiB, no size, then 300 blocks of 128 KiB.
        const int Blocks = 300, BlockLength = 128 << 10;
        var frame = new List<byte> { 0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x50 };
        for (int i = 0; i < Blocks; i++)
        {
            int header = BlockLength << 3 | 1 << 1 | (i == Blocks - 1 ? 1 : 0);
            frame.AddRange([(byte)header, (byte)(header >> 8), (byte)(header >> 16), (byte)i]);
        }

        byte[] twoFrames = [.. frame, .. KnownCompressions.ZstdWithoutSize];
        using var decompressor = new PageDecompressor();
        var page = decompressor.Decompress(
            CompressionCodec.Zstd, twoFrames, Blocks * BlockLength + KnownCompressions.Text.Length);

        for (int i = 0; i < Blocks; i++)
        {
            Assert.Equal(-1, page.Slice(i * BlockLength, BlockLength).IndexOfAnyExcept((byte)i));
        }

        Assert.Equal(KnownCompressions.Text, page[(Blocks * BlockLength)..]);
    }

    [Fact]
    public void Zstandard_frames_are_read_piece_by_piece_from_their_start_even_after_one_was_abandoned()
    {
        using var context = Zstd.DecompressionContext.Create();
        byte[] page = new byte[KnownCompressions.Text.Length + 1];

        using (var abandoned = new Zstd.Pieces(context, KnownCompressions.ZstdWithoutSize))
        {
            Assert.Equal(10, abandoned.Read(page.AsSpan(0, 10)));
        }

        using var pieces = new Zstd.Pieces(context, KnownCompressions.ZstdOfTwoFrames);
        int length = 0;
        for (int read; (read = pieces.Read(page.AsSpan(length, Math.Min(7, page.Length - length)))) > 0;)
        {
            length += read;
        }

        Assert.Equal(KnownCompressions.Text, page.AsSpan(0, length));
    }

    [Fact]
    public void A_zstandard_frame_that_is_cut_off_while_read_piece_by_piece_is_refused_with_the_reason()
    {
        using var context = Zstd.DecompressionContext.Create();
        byte[] page = new byte[KnownCompressions.Text.Length];
        var e = Assert.Throws<CodecException>(() =>
        {
            using var pieces = new Zstd.Pieces(context, KnownCompressions.ZstdWithSizeAndChecksum.AsSpan()[..^1]);
            while (pieces.Read(page) > 0)
            {
                // until the end that is missing
            }
        });
        Assert.Contains("ends inside a frame", e.Message);
    }

    [Fact]
    public void A_brotli_page_without_its_end_marker_is_refused()
    {
        var written = new MemoryStream();
        using (var brotli = new BrotliStream(written, CompressionMode.Compress, leaveOpen: true))
        {
            brotli.Write(KnownCompressions.Text);
            brotli.Flush();     // everything is there now, but for a last, empty block
        }

        byte[] compressed = written.ToArray();
        using var decompressor = new PageDecompressor();
        int length = KnownCompressions.Text.Length;
        Assert.Equal(KnownCompressions.Text, decompressor.Decompress(CompressionCodec.Brotli, compressed, length));
        var e = Assert.Throws<CodecException>(
            () => decompressor.Decompress(CompressionCodec.Brotli, compressed.AsSpan()[..^1], length).Length);
        Assert.Contains("cut off", e.Message);
        Assert.Throws<CodecException>(
            () => decompressor.Decompress(CompressionCodec.Brotli, [.. compressed, 0], length).Length);
    }

    [Fact]
    public void A_zstandard_frame_that_states_more_than_the_page_is_refused_before_it_is_decoded()
    {
        using var decompressor = new PageDecompressor();
        var e = Assert.Throws<CodecException>(
            () => decompressor.Decompress(CompressionCodec.Zstd, KnownCompressions.ZstdWithSizeAndChecksum, 600).Length);
        Assert.Contains("states 626 bytes, the page 600", e.Message);
    }

    [Theory, MemberData(nameof(Decoded))]
    public void An_empty_page_may_have_no_compressed_bytes(CompressionCodec codec)
    {
        using var decompressor = new PageDecompressor();
        Assert.Equal(0, decompressor.Decompress(codec, [], 0).Length);
        Assert.Throws<CodecException>(() => decompressor.Decompress(codec, [], 1).Length);
    }

    [Fact]
    public void Uncompressed_bytes_are_neither_copied_nor_of_another_length()
    {
        using var decompressor = new PageDecompressor();
        byte[] page = [1, 2, 3];
        Assert.True(decompressor.Decompress(CompressionCodec.Uncompressed, page, 3) == page);
        Assert.Throws<CodecException>(() => decompressor.Decompress(CompressionCodec.Uncompressed, page, 2).Length);
    }

    [Theory]
    [InlineData(CompressionCodec.Lzo, "LZO")]
    [InlineData((CompressionCodec)99, "99")]
    public void Codecs_that_cannot_be_read_are_named(CompressionCodec codec, string name)
    {
        using var decompressor = new PageDecompressor();
        var e = Assert.Throws<CodecException>(() => decompressor.Decompress(codec, [1], 1).Length);
        Assert.Contains(name, e.Message);
    }

    [Theory]
    [InlineData(CompressionCodec.Lzo)]
    [InlineData(CompressionCodec.Lz4)]
    [InlineData(CompressionCodec.Lz4Raw)]
    [InlineData((CompressionCodec)99)]
    public void Codecs_that_cannot_be_written_are_named(CompressionCodec codec)
    {
        var e = Assert.Throws<ArgumentException>(() => new PageCompressor(codec));
        Assert.Contains($"{codec}", e.Message);
    }

    [Theory]
    [InlineData(CompressionCodec.Zstd, 0, "1 to 22")]
    [InlineData(CompressionCodec.Zstd, 23, "1 to 22")]
    [InlineData(CompressionCodec.Brotli, 12, "0 to 11")]
    [InlineData(CompressionCodec.Gzip, -1, "0 to 9")]
    [InlineData(CompressionCodec.Snappy, 1, "0 to 0")]
    public void Levels_that_a_codec_does_not_have_are_refused(CompressionCodec codec, int level, string range)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => new PageCompressor(codec, level));
        Assert.Contains(range, e.Message);
    }

    [Theory]
    [InlineData(CompressionCodec.Zstd, 1, 19)]
    [InlineData(CompressionCodec.Brotli, 0, 11)]
    [InlineData(CompressionCodec.Gzip, 1, 9)]
    public void More_effort_gives_fewer_bytes(CompressionCodec codec, int little, int much)
    {
        byte[] page = SamplePages.Text(new Random(8), 100_000);
        using var fast = new PageCompressor(codec, little);
        using var thorough = new PageCompressor(codec, much);
        Assert.True(thorough.Compress(page).Length < fast.Compress(page).Length);
    }

    [Fact]
    public void Gzip_pages_can_be_read_by_others()
    {
        using var compressor = new PageCompressor(CompressionCodec.Gzip);
        using var gzip = new GZipStream(new MemoryStream(compressor.Compress(KnownCompressions.Text).ToArray()), CompressionMode.Decompress);
        using var page = new MemoryStream();
        gzip.CopyTo(page);
        Assert.Equal(KnownCompressions.Text, page.ToArray());
    }

    private static byte[] Compression(string name)
        => (byte[])typeof(KnownCompressions).GetField(name)!.GetValue(null)!;

    // Both LZ4 forms can only be read, so the tests write them the simplest way: runs of one byte as copies.
    private static byte[] Compress(CompressionCodec codec, byte[] page)
    {
        if (codec is CompressionCodec.Lz4Raw or CompressionCodec.Lz4)
        {
            byte[] block = SimpleLz4(page);
            if (codec == CompressionCodec.Lz4Raw)
            {
                return block;
            }

            byte[] frame = [.. new byte[8], .. block];
            BinaryPrimitives.WriteInt32BigEndian(frame, page.Length);
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), block.Length);
            return frame;
        }

        using var compressor = new PageCompressor(codec);
        return compressor.Compress(page).ToArray();
    }

    private static byte[] SimpleLz4(ReadOnlySpan<byte> page)
    {
        var block = new List<byte>();
        int literals = 0;
        for (int at = 0; at < page.Length;)
        {
            int run = 0;
            while (at > 0 && at + run < page.Length && page[at + run] == page[at - 1])
            {
                run++;
            }

            if (run < 4)
            {
                at++;
                literals++;
                continue;
            }

            block.Add((byte)(Math.Min(literals, 15) << 4 | Math.Min(run - 4, 15)));
            Extend(literals);
            block.AddRange(page.Slice(at - literals, literals));
            block.AddRange([1, 0]);
            Extend(run - 4);
            at += run;
            literals = 0;
        }

        block.Add((byte)(Math.Min(literals, 15) << 4));
        Extend(literals);
        block.AddRange(page[^literals..]);
        return [.. block];

        void Extend(int count)
        {
            for (count -= 15; count >= 0; count -= 255)
            {
                block.Add((byte)Math.Min(count, 255));
            }
        }
    }

    private static byte[] Damage(byte[] compressed, Random random)
    {
        byte[] damaged = [.. compressed];
        switch (random.Next(4))
        {
            case 0:
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                damaged[random.Next(Math.Min(16, damaged.Length))] = (byte)random.Next(256);
                break;
            case 2:
                return damaged[..random.Next(damaged.Length)];
            default:
                int from = random.Next(damaged.Length);
                random.NextBytes(damaged.AsSpan(from, Math.Min(8, damaged.Length - from)));
                break;
        }

        return damaged;
    }
}
