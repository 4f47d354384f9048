namespace Pipeline.Stages.ImageIngestion;

/// <summary>Which files are taken for pictures.</summary>
internal static class PictureFiles
{
    // Others than PNG are named as unreadable, which tells more than leaving them out.
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".avif", ".heic", ".jxl",
    };

    /// <summary>Whether a file is named like a picture, or is a PNG file by its first bytes.</summary>
    public static bool Has(string file)
    {
        if (Extensions.Contains(Path.GetExtension(file)))
        {
            return true;
        }

        Span<byte> start = stackalloc byte[4];
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x89, (byte)'P', (byte)'N', (byte)'G'];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
