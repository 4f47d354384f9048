using Pipeline.Dsp;
using Pipeline.Dsp.Tonal;
using Xunit;

namespace Pipeline.Tests.Dsp.Tonal;

public sealed class ChromaTests
{
    // Librosa estimated the tuning, in thirds of a semitone.
    [Theory, InlineData("song", 0.05), InlineData("chirp", 0)]
    public void It_is_librosas(string name, double tuning)
    {
        float[] expected = LibrosaValues.Read(name, "chroma_cqt");
        FrameMatrix actual = new ChromaCqt(new ChromaCqtSettings()).Compute(LibrosaValues.Signal(name), tuning);
        Assert.InRange(LibrosaValues.Correlation(expected, actual.ToChannelMajor()), 0.9993, 1);
    }
}
