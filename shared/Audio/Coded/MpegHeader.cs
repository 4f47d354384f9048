using System.Buffers.Binary;
using Pipeline.Audio.Files;

namespace Pipeline.Audio.Coded;

/// <summary>The four bytes before every frame of MPEG audio: enough of their meaning to find the first frame and to tell garbage from sound.</summary>
/// <param name="Kind">The bits that all frames of a stream share: version, layer and sample rate.</param>
/// <param name="Bytes">Bytes of the frame, with these four.</param>
/// <param name="SideInformation">Where an encoder's own notes would stand, from the frame's start.</param>
internal readonly record struct MpegHeader(int Kind, int Bytes, int SideInformation)
{
    /// <summary>Junk in front of the first frame is looked through as far as this.</summary>
    private const int MaxJunk = 1 << 17;

    /// <summary>Frames in a row that leave no doubt where junk precedes them: random bytes have one every few thousand.</summary>
    private const int EnoughFrames = 3;

    private const int KbitOfVersion1Layer1 = 0, KbitOfVersion1Layer2 = 1, KbitOfVersion1Layer3 = 2, KbitOfVersion2Layer1 = 3, KbitOfVersion2Others = 4;

    private static readonly int[][] Kbits =
    [
        [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    /// <summary>Null where the bytes are no such header. A free bit rate, which no encoder in use writes, is none either.</summary>
    public static MpegHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            return null;
        }

        uint h = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        int version = (int)(h >> 19 & 3), layer = 4 - (int)(h >> 17 & 3), bitRate = (int)(h >> 12 & 15), rate = (int)(h >> 10 & 3), padding = (int)(h >> 9 & 1);
        if (h >> 21 != 0x7FF || version == 1 || layer == 4 || bitRate is 0 or 15 || rate == 3)
        {
            return null;
        }

        bool isVersion1 = version == 3;
        int hertz = (rate == 0 ? 44100 : rate == 1 ? 48000 : 32000) >> (isVersion1 ? 0 : version == 2 ? 1 : 2);
        int table = (isVersion1, layer) switch
        {
            (true, 1) => KbitOfVersion1Layer1,
            (true, 2) => KbitOfVersion1Layer2,
            (true, _) => KbitOfVersion1Layer3,
            (false, 1) => KbitOfVersion2Layer1,
            _ => KbitOfVersion2Others,
        };
        int bits = Kbits[table][bitRate - 1] * 1000;
        int size = layer == 1 ? (12 * bits / hertz + padding) * 4
            : layer == 3 && !isVersion1 ? 72 * bits / hertz + padding
            : 144 * bits / hertz + padding;
        bool isMono = (h >> 6 & 3) == 3;
        int side = isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
        return new MpegHeader((int)(h >> 17 & 15) << 2 | rate, size, 4 + side);
    }

    /// <summary>The offset of the first frame at <paramref name="start"/> or behind some junk; null where there is no MPEG audio.</summary>
    public static long? Find(ByteSource source, long start)
    {
        if (IsStream(source, start, frames: 2))
        {
            return start;
        }

        byte[] bytes = new byte[(int)Math.Clamp(source.Length - start, 0, MaxJunk)];
        int count = source.Read(start, bytes);
        for (int at = 0; (at = IndexOfSync(bytes.AsSpan(0, count), at)) >= 0; at++)
        {
            if (Parse(bytes.AsSpan(at, Math.Min(4, count - at))) is not null && IsStream(source, start + at, EnoughFrames))
            {
                return start + at;
            }
        }

        return null;
    }

    /// <summary>Whether an encoder wrote the number of frames into the first one, which is silent then.</summary>
    public static bool HasFrameCount(ByteSource source, long start)
    {
        Span<byte> frame = stackalloc byte[64];
        frame = frame[..source.Read(start, frame)];
        if (Parse(frame) is not { } header || frame.Length < 64)
        {
            return false;
        }

        const int framesFlag = 1;
        ReadOnlySpan<byte> notes = frame[header.SideInformation..];
        return ((notes.StartsWith("Xing"u8) || notes.StartsWith("Info"u8)) && (notes[7] & framesFlag) != 0)
            || frame[36..].StartsWith("VBRI"u8);
    }

    private static int IndexOfSync(ReadOnlySpan<byte> bytes, int from)
    {
        int at = bytes[Math.Min(from, bytes.Length)..].IndexOf((byte)0xFF);
        return at < 0 ? -1 : from + at;
    }

    // Frames in a row up to the number asked for, or exactly up to the end of a file that has fewer.
    private static bool IsStream(ByteSource source, long at, int frames)
    {
        Span<byte> bytes = stackalloc byte[4];
        int? kind = null;
        for (int frame = 0; frame < frames; frame++)
        {
            int got = source.Read(at, bytes);
            if (frame > 0 && at == source.Length)
            {
                return true;
            }

            if (Parse(bytes[..got]) is not { } header || (kind ??= header.Kind) != header.Kind)
            {
                return false;
            }

            at += header.Bytes;
        }

        return true;
    }
}
