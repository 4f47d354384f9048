using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

/// <summary>Damaged files: each is refused with a sentence, and nothing else ever happens.</summary>
public sealed class PngDamageTests
{
    private static readonly byte[] Rows = [0, 1, 2, 1, 3, 4];

    [Fact]
    public void The_undamaged_one_is_read() =>
        Assert.Equal([1 / 255f, 2 / 255f, 3 / 255f, 7 / 255f], PngReader.Decode(Good(), "good").Samples);

    [Fact]
    public void What_is_no_png_is_named()
    {
        RefuseFile("it is empty", []);
        RefuseFile("it ends within its first eight bytes", Good()[..5]);
        RefuseFile("it is no PNG picture: its first eight bytes are others", "no picture"u8.ToArray());
        RefuseFile("it is a JPEG picture, which is not readable: only PNG is", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46]);
        RefuseFile("it is a GIF picture, which is not readable: only PNG is", "GIF89a..."u8.ToArray());
        RefuseFile("it is a WebP picture, which is not readable: only PNG is", "RIFF\0\0\0\0WEBPVP8 "u8.ToArray());
        RefuseFile("it is an SVG picture, which is not readable: only PNG is", "<svg xmlns"u8.ToArray());
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_refused()
    {
        byte[] file = File.ReadAllBytes(PngFile.GoldenPath("hand_palette8_clear"));
        for (int length = 0; length < file.Length; length++)
        {
            PictureException e = Assert.Throws<PictureException>(() => PngReader.Decode(file[..length], "cut"));
            Assert.Equal($"cut: {e.Reason}", e.Message);
        }

        RefuseFile("it ends within its header", Good()[..10]);
        RefuseFile("it ends early: a chunk IHDR announces 13 bytes, of which 8 are there", Good()[..28]);
        RefuseFile("it ends early, after a chunk IDAT: its end, a chunk IEND, is missing", Good()[..^12]);
    }

    [Fact]
    public void Any_changed_byte_before_the_end_is_refused()
    {
        foreach (string name in (string[])["hand_grey8", "hand_rgb8_clear", "hand_palette4_interlaced", "ffmpeg_rgba8"])
        {
            byte[] file = File.ReadAllBytes(PngFile.GoldenPath(name));
            for (int i = 0; i < file.Length; i++)
            {
                for (int bit = 0; bit < 8; bit += 3)
                {
                    byte[] changed = [.. file];
                    changed[i] ^= (byte)(1 << bit);
                    Assert.Throws<PictureException>(() => PngReader.Decode(changed, "changed"));
                }
            }
        }
    }

    [Fact]
    public void Changes_under_right_checksums_are_refused_or_read()
    {
        var limits = new PictureLimits { MaxPixels = 10_000 };
        var random = new Random(1);
        int refused = 0;
        for (int n = 0; n < 4000; n++)
        {
            // What was changed is sealed again: it gets past the chunks' checksums, and half of the time past that of the rows.
            bool isHeader = n % 2 == 0;
            byte[] rows = new byte[200];
            random.NextBytes(rows);
            byte[] content = isHeader ? PngFile.Header(9, 9, 8, 2)[8..21] : PngFile.Pack(rows);
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(isHeader ? 20 : 256);
            }

            byte[] file = isHeader
                ? PngFile.Join(PngFile.Chunk("IHDR", content), PngFile.Chunk("PLTE", 1, 2, 3, 4, 5, 6), PngFile.Data(rows), PngFile.End())
                : PngFile.Join(PngFile.Header(10, 10, (byte)(1 << random.Next(5)), (byte)random.Next(7), (byte)random.Next(2)), PngFile.Chunk("IDAT", content), PngFile.End());
            try
            {
                PngReader.Decode(file, "changed", limits);
            }
            catch (PictureException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 4000);
    }

    [Fact]
    public void Chunks_that_are_wrong_are_named()
    {
        byte[] header = PngFile.Header(2, 2), data = PngFile.Data(Rows), end = PngFile.End();
        Refuse("it is damaged: it begins with a chunk IDAT in place of its header", data, header, end);
        Refuse("it is damaged: it has two headers", header, header, data, end);
        Refuse("it holds no picture: there is no chunk IDAT", header, end);
        Refuse("it is damaged: a chunk IDAT is not where it belongs", header, data, PngFile.Chunk("tEXt", 65), data, end);
        Refuse("it holds a chunk CgBI, which is not known and without which it cannot be understood", header, PngFile.Chunk("CgBI", 1), data, end);
        Refuse("it is damaged: its header has 12 bytes, not 13", PngFile.Chunk("IHDR", new byte[12]), data, end);
        Refuse("it is damaged: no chunk follows on a chunk IHDR", header, PngFile.Chunk("I AT", 1), data, end);
        Refuse("it is damaged: its palette is missing", PngFile.Header(2, 2, 8, 3), data, end);
        Refuse("it is damaged: its palette has 4 bytes, which are no 1 to 256 colours", PngFile.Header(2, 2, 8, 3), PngFile.Chunk("PLTE", 1, 2, 3, 4), data, end);
        Refuse("it is damaged: a pixel has a colour that its palette lacks", PngFile.Header(2, 2, 8, 3), PngFile.Chunk("PLTE", new byte[9]), data, end);
        Refuse("it is damaged: a chunk tRNS of 3 bytes does not fit its pixels", header, PngFile.Chunk("tRNS", 1, 2, 3), data, end);
        Refuse("it is damaged: a chunk tRNS of 2 bytes does not fit its pixels", PngFile.Header(2, 2, 8, 6), PngFile.Chunk("tRNS", 1, 2), data, end);
        byte[] spoilt = [.. data];
        spoilt[^1] ^= 1;
        Refuse("it is damaged: the checksum of a chunk IDAT is not that of its bytes", header, spoilt, end);
    }

    [Fact]
    public void Headers_that_cannot_be_are_named()
    {
        Refuse("its header announces 0 x 2 pixels, which no PNG file has", PngFile.Header(0, 2));
        Refuse("its header announces 2 x 2147483648 pixels, which no PNG file has", PngFile.Header(2, 1u << 31));
        Refuse("its header names colour type 0 with 3 bits a sample, which do not exist", PngFile.Header(2, 2, 3));
        Refuse("its header names colour type 3 with 16 bits a sample, which do not exist", PngFile.Header(2, 2, 16, 3));
        Refuse("its header names colour type 5 with 8 bits a sample, which do not exist", PngFile.Header(2, 2, 8, 5));
        Refuse("its header names compression 0, filtering 0 and interlacing 2, which do not exist", PngFile.Header(2, 2, 8, 0, 2));
    }

    [Fact]
    public void Rows_that_are_wrong_are_named()
    {
        byte[] header = PngFile.Header(2, 2), end = PngFile.End(), packed = PngFile.Pack(Rows);
        Refuse("it is damaged: a row names the filter 5, which does not exist", header, PngFile.Data(0, 1, 2, 5, 3, 4), end);
        Refuse("it is damaged: its data are for a smaller picture", header, PngFile.Data(0, 1, 2, 1, 3), end);
        Refuse("it is damaged: its data go on after the last pixel", header, PngFile.Data([.. Rows, 0]), end);
        Refuse("it is damaged: its data end before their checksum", header, PngFile.Chunk("IDAT", packed[..^4]), end);
        Refuse("it is damaged: its data end before their checksum", header, PngFile.Chunk("IDAT", packed[..^1]), end);
        Refuse("it is damaged: its data end within the picture", header, PngFile.Chunk("IDAT", packed[..6]), end);
        Refuse("it is damaged: its data cannot be unpacked", header, PngFile.Chunk("IDAT", [.. packed[..^1], (byte)(packed[^1] + 1)]), end);
        Refuse("it is damaged: its data cannot be unpacked", header, PngFile.Chunk("IDAT", 1, 2, 3, 4, 5, 6, 7, 8, 9), end);
    }

    [Fact]
    public void Bombs_take_no_memory()
    {
        byte[] end = PngFile.End(), zeros = PngFile.Data(new byte[100_000]);
        Refuse("it announces 60,000 x 60,000 pixels, more than the 33,554,432 that are allowed", PngFile.Header(60_000, 60_000, 8, 6), zeros, end);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse("its data are too few for the 5,000 x 5,000 pixels that its header announces", PngFile.Header(5000, 5000, 16, 6), zeros, end);
        Refuse("it is damaged: its data go on after the last pixel", PngFile.Header(10, 10), zeros, end);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        var limits = new PictureLimits { MaxPixels = 3 };
        Assert.EndsWith("more than the 3 that are allowed", Assert.Throws<PictureException>(() => PngReader.Decode(Good(), "", limits)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_is_said()
    {
        using var folder = new TemporaryFolder();
        string missing = folder["none.png"];
        PictureException e = Assert.Throws<PictureException>(() => PngReader.Read(missing));
        Assert.Equal((missing, "there is no such file"), (e.Path, e.Reason));
        string large = folder.Write("large.png", new string('x', 101));
        e = Assert.Throws<PictureException>(() => PngReader.Read(large, new PictureLimits { MaxFileBytes = 100 }));
        Assert.Equal("it has 101 bytes, more than the 100 that are allowed", e.Reason);
        Assert.Throws<PictureException>(() => PngReader.Read(folder.Path));
    }

    private static byte[] Good() => PngFile.Join(PngFile.Header(2, 2), PngFile.Data(Rows), PngFile.End());

    private static void Refuse(string reason, params byte[][] chunks) => RefuseFile(reason, PngFile.Join(chunks));

    private static void RefuseFile(string reason, byte[] file)
    {
        PictureException e = Assert.Throws<PictureException>(() => PngReader.Decode(file, "a.png"));
        Assert.Equal(("a.png", reason), (e.Path, e.Reason));
    }
}
