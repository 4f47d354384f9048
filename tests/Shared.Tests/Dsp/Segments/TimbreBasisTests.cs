using Pipeline.Dsp.Segments;
using Pipeline.Hdf5;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class TimbreBasisTests
{
    private static readonly TimbreBasis Basis = TimbreBasis.Published;

    // What the Million Song Dataset gives for the silence at the beginning of a song (TRBDAXF128F92F6565 and 69 others).
    [Fact]
    public void Silence_has_the_published_values()
    {
        float[] timbre = new float[12];
        Basis.Encode(new float[TimbreBasis.SurfaceSize], timbre);
        float[] published = [0, 171.13f, 9.469f, -28.48f, 57.491f, -50.067f, 14.833f, 5.359f, -27.228f, 0.973f, -10.64f, -7.228f];
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(published[i], timbre[i], 0.001f);
        }
    }

    [Fact]
    public void Values_come_back_from_their_surface()
    {
        float[] timbre = [.. Enumerable.Range(0, 12).Select(i => (i == 0 ? 40 : 0) + 100 * MathF.Sin(3 * i + 1))];
        AssertComesBack(timbre);
    }

    [Fact]
    public void The_first_value_is_the_level()
    {
        float[] surface = [.. Enumerable.Range(0, TimbreBasis.SurfaceSize).Select(i => 30 * MathF.Sin(i))];
        float[] louder = [.. surface.Select(v => v + 7)];
        float[] before = new float[12], after = new float[12];
        Basis.Encode(surface, before);
        Basis.Encode(louder, after);
        Assert.Equal(before[0] + 7, after[0], 1e-4f);
        for (int i = 1; i < 12; i++)
        {
            Assert.Equal(before[i], after[i], 1e-3f);
        }
    }

    [Fact]
    public void So_do_those_of_real_songs()
    {
        string? folder = Repository.Data("msd-h5");
        Assert.SkipWhen(folder is null, "there are no files of the Million Song Dataset beside the checkout (../shared/data/msd-h5)");
        foreach (string path in Directory.GetFiles(folder!, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 20 == 0))
        {
            using Hdf5File file = Hdf5File.Open(path);
            float[] timbre = file.Dataset("/analysis/segments_timbre").ReadFloats();
            for (int i = 0; i < timbre.Length; i += 12)
            {
                AssertComesBack(timbre.AsSpan(i, 12));
            }
        }
    }

    private static void AssertComesBack(ReadOnlySpan<float> timbre)
    {
        float[] surface = new float[TimbreBasis.SurfaceSize], back = new float[12];
        Basis.Decode(timbre, surface);
        Basis.Encode(surface, back);
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(timbre[i], back[i], 0.002f);
        }
    }
}
