using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Parquet.Codecs;

/// <summary>
/// The two copies an LZ77 decoder makes. Short ones are done as one or a few 16-byte moves that may write past the
/// bytes asked for, but never past the end of the output: what lies there has not been decoded yet.
/// The caller has checked that the bytes asked for exist and fit.
/// </summary>
internal static unsafe class MatchCopy
{
    private const int Step = 16;

    /// <summary>Copies <paramref name="length"/> new bytes from the compressed data to the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Literal(byte* from, byte* fromEnd, byte* to, byte* toEnd, long length)
    {
        if (length <= Step && fromEnd - from >= Step && toEnd - to >= Step)
        {
            Vector128.Load(from).Store(to);
        }
        else
        {
            Buffer.MemoryCopy(from, to, toEnd - to, length);
        }
    }

    /// <summary>
    /// Repeats the output that starts <paramref name="offset"/> bytes back. Where source and target overlap, the
    /// last <paramref name="offset"/> bytes repeat, as if copied one byte after the other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Repeat(byte* to, byte* toEnd, long offset, long length)
    {
        byte* stop = to + length;
        if (length <= Step && offset >= Step && toEnd - to >= Step)
        {
            Vector128.Load(to - offset).Store(to);
            return;
        }

        byte* from = to - offset;
        byte* lastStep = toEnd - to < Step ? to - 1 : toEnd - Step;

        // Closer than one step, a move brings only (to - from) bytes that are already decoded; but it doubles the
        // distance, so a few of them reach a distance at which whole steps are valid.
        while (to - from < Step && to < stop && to <= lastStep)
        {
            Vector128.Load(from).Store(to);
            to += to - from;
        }

        while (to < stop && to <= lastStep)
        {
            Vector128.Load(from).Store(to);
            from += Step;
            to += Step;
        }

        for (; to < stop; to++)
        {
            *to = to[-offset];
        }
    }
}
