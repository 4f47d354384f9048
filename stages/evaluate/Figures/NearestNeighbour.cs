using System.Runtime.Intrinsics;

namespace Pipeline.Stages.Evaluating;

/// <summary>Finds the nearest of some windows by the distance of their summaries; of equally near ones the first.</summary>
internal sealed class NearestNeighbour
{
    private const int Block = 32; // values after which a distance is given up that is too great already

    private readonly float[] values; // of all windows, each filled up with zeros to whole blocks
    private readonly int pitch;
    private readonly int count;

    /// <summary>Takes the windows to be found.</summary>
    public NearestNeighbour(IReadOnlyList<WindowSummary> windows)
    {
        count = windows.Count;
        pitch = count == 0 ? 0 : Filled(windows[0].Values.Length);
        values = new float[count * pitch];
        for (int i = 0; i < count; i++)
        {
            windows[i].Values.CopyTo(values, i * pitch);
        }
    }

    /// <summary>Index of the window that is nearest to this one.</summary>
    public int Find(ReadOnlySpan<float> window)
    {
        Span<float> wanted = stackalloc float[pitch <= 4096 ? pitch : 0];
        wanted = wanted.Length == pitch ? wanted : new float[pitch];
        window.CopyTo(wanted);
        (int nearest, float least) = (0, float.PositiveInfinity);
        for (int i = 0; i < count; i++)
        {
            float distance = Distance(wanted, values.AsSpan(i * pitch, pitch), least);
            (nearest, least) = distance < least ? (i, distance) : (nearest, least);
        }

        return nearest;
    }

    private static int Filled(int width) => (width + Block - 1) / Block * Block;

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float most)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        for (int i = 0; i < a.Length; i += Block)
        {
            for (int k = 0; k < Block; k += Vector256<float>.Count)
            {
                Vector256<float> off = Vector256.Create(a.Slice(i + k, Vector256<float>.Count)) - Vector256.Create(b.Slice(i + k, Vector256<float>.Count));
                sum += off * off;
            }

            if (Vector256.Sum(sum) >= most)
            {
                return most;
            }
        }

        return Vector256.Sum(sum);
    }
}
