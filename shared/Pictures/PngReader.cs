using System.Buffers;
using Pipeline.Pictures.Png;

namespace Pipeline.Pictures;

/// <summary>
/// Reads PNG pictures: every depth and colour type, clear colours, interlaced ones. Whatever is wrong anywhere in a file is an
/// exception: what is returned has passed every checksum. Gamma and colour spaces are not applied: samples are as stored.
/// </summary>
public static class PngReader
{
    // As much is unpacked at a time as stays in the cache until it is converted.
    private const int BandBytes = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What is refused; where left out, the defaults.</param>
    /// <exception cref="PictureException">It cannot be opened, is damaged, too large, or no PNG file.</exception>
    public static Picture Read(string path, PictureLimits? limits = null) => Decode(ReadBytes(path, limits), path, limits);

    /// <summary>Whether a file starts like a PNG file: cheap, and false for whatever cannot be read.</summary>
    public static bool LooksLike(string path)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[PngContent.Signature.Length];
            return RandomAccess.Read(handle, start, 0) == start.Length && start.SequenceEqual(PngContent.Signature);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The bytes of a file, where it is no larger than allowed.</summary>
    /// <exception cref="PictureException">It cannot be opened, or is too large.</exception>
    public static byte[] ReadBytes(string path, PictureLimits? limits = null)
    {
        limits ??= new PictureLimits();
        try
        {
            long length = new FileInfo(path).Length;
            return length <= limits.MaxFileBytes
                ? File.ReadAllBytes(path)
                : throw new PictureException(path, $"it has {length:n0} bytes, more than the {limits.MaxFileBytes:n0} that are allowed");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureException(path, "there is no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PictureException(path, "it may not be read: see its permissions", e);
        }
        catch (Exception e) when (e is IOException and not PictureException)
        {
            throw new PictureException(path, $"it cannot be read ({e.GetType().Name})", e);
        }
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="limits">What is refused; where left out, the defaults.</param>
    /// <exception cref="PictureException">It is damaged, too large, or no PNG file.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> file, string path, PictureLimits? limits = null)
    {
        PngContent content = PngContent.Parse(file, path, limits ?? new PictureLimits());
        PngHeader header = content.Header;
        var picture = new Picture(header.Width, header.Height, content.Channels);
        using var data = new RowData(content.Data, path);
        var samples = new SampleRow(content);
        foreach (Pass pass in Pass.Of(header))
        {
            ReadPass(data, header, pass, samples, picture, path);
        }

        data.End();
        return picture;
    }

    private static void ReadPass(RowData data, PngHeader header, Pass pass, SampleRow samples, Picture picture, string path)
    {
        // Each row behind the byte that names its filter; the first place is for the last row of the band before.
        int slot = 1 + (int)header.RowBytes(pass.Width);
        int bandRows = Math.Clamp(BandBytes / slot, 1, pass.Height);
        byte[] band = ArrayPool<byte>.Shared.Rent((1 + bandRows) * slot);
        float[] spread = pass.StepX == 1 ? [] : new float[pass.Width * picture.Channels];
        try
        {
            band.AsSpan(0, slot).Clear();
            for (int top = 0; top < pass.Height; top += bandRows)
            {
                int rows = Math.Min(bandRows, pass.Height - top);
                data.Read(band.AsSpan(slot, rows * slot));
                for (int r = 0; r < rows; r++)
                {
                    Span<byte> row = band.AsSpan((1 + r) * slot, slot);
                    if (row[0] >= RowFilter.Count)
                    {
                        throw new PictureException(path, $"it is damaged: a row names the filter {row[0]}, which does not exist");
                    }

                    RowFilter.Undo(row[0], row[1..], band.AsSpan(r * slot + 1, slot - 1), header.FilterStep);
                    Span<float> whole = picture.Row(pass.Y + (top + r) * pass.StepY);
                    if (!samples.Convert(row[1..], pass.StepX == 1 ? whole : spread))
                    {
                        throw new PictureException(path, "it is damaged: a pixel has a colour that its palette lacks");
                    }

                    if (pass.StepX > 1)
                    {
                        Spread(spread, whole, pass, picture.Channels);
                    }
                }

                band.AsSpan(rows * slot, slot).CopyTo(band);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(band);
        }
    }

    private static void Spread(ReadOnlySpan<float> samples, Span<float> row, Pass pass, int channels)
    {
        for (int x = 0; x < pass.Width; x++)
        {
            samples.Slice(x * channels, channels).CopyTo(row[((pass.X + x * pass.StepX) * channels)..]);
        }
    }
}
