using Pipeline.Audio.Files;

namespace Pipeline.Audio.Coded;

/// <summary>
/// Whether an Ogg stream was cut short. libsndfile takes the last page there is for the end and says nothing; but the page that a
/// writer put there on purpose is marked.
/// </summary>
internal static class OggEnd
{
    /// <summary>A page has 65,307 bytes at most: the last one starts within.</summary>
    private const int MaxPage = 27 + 255 + 255 * 255;

    private const int PageHeader = 27;
    private const int LastPageFlag = 4;

    public static bool IsMissing(ByteWindow window)
    {
        byte[] tail = new byte[(int)Math.Min(window.Length, MaxPage)];
        ReadOnlySpan<byte> bytes = tail.AsSpan(0, window.Peek(window.Length - tail.Length, tail));
        for (int at; (at = bytes.LastIndexOf("OggS"u8)) >= 0; bytes = bytes[..at])
        {
            ReadOnlySpan<byte> page = tail.AsSpan(at);
            if (page.Length >= PageHeader && page.Length >= PageHeader + page[26])
            {
                int size = PageHeader + page[26];
                foreach (byte segment in page.Slice(PageHeader, page[26]))
                {
                    size += segment;
                }

                return (page[5] & LastPageFlag) == 0 || size > page.Length;
            }
        }

        return true;
    }
}
