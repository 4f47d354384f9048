namespace Pipeline.Dsp.Spectral;

/// <summary>Values by their place in order, without sorting all of them.</summary>
internal static partial class Selection
{
    /// <summary>The middle value of one or more, or the mean of the middle two; the values may be rearranged.</summary>
    public static double Median(Span<float> values) => Median(values, IsVectorSupported);

    internal static double Median(Span<float> values, bool isVector)
    {
        int middle = values.Length / 2;
        float upper = isVector ? SelectVector(values, middle) : Select(values, middle);
        if (values.Length % 2 == 1)
        {
            return upper;
        }

        return (upper + (double)(isVector ? SelectVector(values, middle - 1) : Select(values, middle - 1))) / 2;
    }

    /// <summary>The value that would stand at place <paramref name="k"/> if they were sorted; the values are rearranged: smaller ones stand before it.</summary>
    public static float Select(Span<float> values, int k)
    {
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            float pivot = Middle(values[low], values[low + (high - low) / 2], values[high]);
            (int i, int j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                high = j;
            }
            else if (k >= i)
            {
                low = i;
            }
            else
            {
                break; // what lies between equals the pivot
            }
        }

        return values[k];
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
