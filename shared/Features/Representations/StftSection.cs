using Pipeline.Dsp;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>The settings that a recipe has for the short-time Fourier transform.</summary>
internal static class StftSection
{
    /// <summary>Reads the section <c>stft</c>.</summary>
    /// <param name="section">The section that it stands in.</param>
    /// <param name="defaults">What counts where the recipe is silent.</param>
    public static StftSettings Read(RecipeSection section, StftSettings defaults)
    {
        RecipeSection stft = section.Section("stft");
        int size = stft.Int("fft_size", defaults.FftSize, 16, 1 << 20);
        if (!IsPossible(size))
        {
            throw stft.Refuse("fft_size", $"must be an even number whose only factors are 2, 3 and 5, such as {Nearest(size)}, not {size}");
        }

        var settings = new StftSettings
        {
            FftSize = size,
            Hop = stft.Int("hop", defaults.Hop, 1, 1 << 20),
            WindowLength = stft.Int("window_length", Math.Min(size, defaults.WindowLength == 0 ? size : defaults.WindowLength), 2, size),
            Window = stft.Choice("shape", defaults.Window),
            IsCentred = stft.Flag("centred", defaults.IsCentred),
            Padding = stft.Choice("padding", defaults.Padding),
        };
        stft.Finish();
        return settings;
    }

    private static bool IsPossible(int size)
    {
        int rest = size;
        foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (rest % factor == 0)
            {
                rest /= factor;
            }
        }

        return rest == 1 && size % 2 == 0;
    }

    private static int Nearest(int size)
    {
        int possible = size;
        while (!IsPossible(possible))
        {
            possible++;
        }

        return possible;
    }
}
