using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Nn.Layers;

/// <summary>How layers that are no products go over a batch: a line of places after the other, sixteen channels at a time.</summary>
internal static class Lines
{
    // Values that a part handles at least: less is not worth waking a thread for.
    private const int PartValues = 16_384;

    private static readonly Vector512<int> Counting = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    /// <summary>Runs <paramref name="handle"/> for each sample and line of a batch of a tensor.</summary>
    public static void For(Team team, Tensor of, int batch, Action<int, int> handle)
    {
        int all = batch * of.Shape.Height;
        int each = Math.Max(1, PartValues / (of.Shape.Width * of.Pitch));
        team.For((all + each - 1) / each, part =>
        {
            int end = Math.Min(all, (part + 1) * each);
            for (int line = part * each; line < end; line++)
            {
                handle(line / of.Shape.Height, line % of.Shape.Height);
            }
        });
    }

    /// <summary>The first <paramref name="count"/> of sixteen values, and zeros: rows of data are not filled up, and what is read behind them is the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep(Vector512<float> values, int count) =>
        count >= Tensor.Lanes ? values : Vector512.ConditionalSelect(Vector512.LessThan(Counting, Vector512.Create(count)).AsSingle(), values, Vector512<float>.Zero);

    /// <summary>Refuses a tensor whose places were made one vector: only products can read it.</summary>
    public static void RefuseFlat(Tensor input)
    {
        if (input.Run != input.Shape.Channels)
        {
            throw new ArgumentException("only a dense layer or a concatenation reads a tensor that was made flat", nameof(input));
        }
    }
}
