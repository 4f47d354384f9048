namespace Pipeline.Tests.Parquet;

/// <summary>Equality of values as they are stored: by type and to the bit.</summary>
internal static class Values
{
    /// <summary>Whether two values are the same; NaN is the same as NaN of the same bits, and -0.0 is not 0.0.</summary>
    public static bool AreSame(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y),
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
        (object?[] x, object?[] y) => x.Length == y.Length && x.Zip(y).All(p => AreSame(p.First, p.Second)),
        _ => a is not null && a.Equals(b),
    };

    /// <summary>The value as a message shows it.</summary>
    public static string Show(object? value)
    {
        var text = new System.Text.StringBuilder();
        CanonicalText.Append(text, value);
        return text.Length > 200 ? text.ToString(0, 200) + "..." : text.ToString();
    }
}
