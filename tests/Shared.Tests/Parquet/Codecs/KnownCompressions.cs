using System.Text;

namespace Pipeline.Tests.Parquet.Codecs;

/// <summary>One text as other programs compress it.</summary>
internal static class KnownCompressions
{
    public static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(
        Enumerable.Range(0, 12).Select(i => $"line {i}: the quick brown fox jumps over the lazy dog\n")));

    /// <summary>Made with libsnappy 1.1.9, snappy_compress.</summary>
    public static readonly byte[] Snappy = Convert.FromHexString(
        "f204986c696e6520303a2074686520717569636b2062726f776e20666f78206a756d7073206f76657220011f206c617a7920"
        + "646f670a05340031ca34000032ca34000033ca34000034ca34000035ca34000036ca34000037ca34000038ca34000039ca34"
        + "00043130ce3500ba0a02");

    /// <summary>Made with gzip -n -9.</summary>
    public static readonly byte[] Gzip = Convert.FromHexString(
        "1f8b08000000000002039dd2b71180300043d19e293402396d4330603036c9a4e939d800d5ba57e92ba905dc1c5b27305b59"
        + "0d2817736834e6446fc76985d9c5f2cdaab82fd4a675d46b3cc2f8840908131226224c4c988430296132e6532a849f253c36"
        + "c2312572020000");

    /// <summary>Made with gzip of the first 300 bytes, then gzip of the rest.</summary>
    public static readonly byte[] GzipOfTwoMembers = Convert.FromHexString(
        "1f8b0800000000000203cbc9cc4b5530b05228c94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d024b"
        + "e72456552aa4e4a773e580f41892a1c7880c3dc664e83121438f29613d00142eb14c2c0100001f8b0800000000000003cb48"
        + "55c849acaa5448c94fe7cac9cc4b5530b35228c94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d024b"
        + "a3ea3127438f05197a2cc9d06368408e2643d23401002cbfeab446010000");

    /// <summary>Made with zlib.compress(text, 9) in Python.</summary>
    public static readonly byte[] Zlib = Convert.FromHexString(
        "78da9dd2b71180300043d19e293402396d4330603036c9a4e939d800d5ba57e92ba905dc1c5b27305b590d2817736834e644"
        + "6fc76985d9c5f2cdaab82fd4a675d46b3cc2f8840908131226224c4c988430296132e6532a849f253c54eadc8d");

    /// <summary>Made with zstd -19 of a file.</summary>
    public static readonly byte[] ZstdWithSizeAndChecksum = Convert.FromHexString(
        "28b52ffd647201ed0200a4036c696e6520303a2074686520717569636b2062726f776e20666f78206a756d7073206f766572"
        + "6c617a7920646f670a31323334353637383931310da010d879d8ef0190339607639a62e0c489139c38f18c13279ce0c1bdd4"
        + "e26a3b019b41cc");

    /// <summary>Made with zstd -19 of standard input, where the size is not known in advance.</summary>
    public static readonly byte[] ZstdWithoutSize = Convert.FromHexString(
        "28b52ffd0468ed0200a4036c696e6520303a2074686520717569636b2062726f776e20666f78206a756d7073206f7665726c"
        + "617a7920646f670a31323334353637383931310da010d879d8ef0190339607639a62e0c489139c38f18c13279ce0c1bdd4e2"
        + "6a3b019b41cc");

    /// <summary>Made with zstd --no-check of the first 300 bytes, then of the rest.</summary>
    public static readonly byte[] ZstdOfTwoFrames = Convert.FromHexString(
        "28b52ffd602c004d020044036c696e6520303a2074686520717569636b2062726f776e20666f78206a756d7073206f766572"
        + "6c617a7920646f670a3132333435072070330f8ec07938199e82e75ee5585ced0928b52ffd60460085020094036865206c61"
        + "7a7920646f670a6c696e6520363a2074686520717569636b2062726f776e20666f78206a756d7073206f7665723738393130"
        + "31310700633531a8e6448093019c0270de553288101414");

    /// <summary>Made with the block inside what lz4 -9 writes.</summary>
    public static readonly byte[] Lz4Block = Convert.FromHexString(
        "f1176c696e6520303a2074686520717569636b2062726f776e20666f78206a756d7073206f7665721f00916c617a7920646f"
        + "670a34001f313400201f323400201f333400201f343400201f353400201f363400201f373400201f383400201f39d401210f"
        + "0902220f0a02175020646f670a");

    /// <summary>Made with libbrotlienc 1.0.9, quality 9, window 22.</summary>
    public static readonly byte[] Brotli = Convert.FromHexString(
        "1b710200c4c06b3ea1035cb4597f07e2e0006c2a57bc8711471e38e4e8a06f4920dd633717507f7631dd3fc47d7966d4e545"
        + "7f4deb81e52ebbd263f83fe4a52139cd34d7424badb4d6465bedf6d9182601");
}
