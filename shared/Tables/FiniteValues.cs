using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pipeline.Tables;

/// <summary>Looks for values that are infinite or no number, which no table of features may hold.</summary>
public static class FiniteValues
{
    /// <summary>The place of the first value that is infinite or no number; -1 where all are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FirstOther(ReadOnlySpan<float> values)
    {
        // Whole vectors are passed over as long as all of their values are finite: that of a NaN is not less than anything.
        int i = 0;
        var infinite = new Vector<float>(float.PositiveInfinity);
        while (i + Vector<float>.Count <= values.Length && Vector.LessThanAll(Vector.Abs(new Vector<float>(values[i..])), infinite))
        {
            i += Vector<float>.Count;
        }

        while (i < values.Length && float.IsFinite(values[i]))
        {
            i++;
        }

        return i < values.Length ? i : -1;
    }
}
