namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>Makes landmarks of peaks: each of the louder peaks with the next few after it.</summary>
internal static class Landmarks
{
    /// <summary>Bits of a hash: 9 for the first frequency, 7 for the step to the second, 6 for the time between.</summary>
    public const int HashBits = 22;

    private const int PeaksPerSecond = 12;
    private const int Partners = 3;
    private const int MostFrames = 63;
    private const int MostBins = 63;

    /// <summary>The landmarks of a recording, by time.</summary>
    /// <param name="peaks">Its peaks, by time.</param>
    public static Landmark[] Of(IReadOnlyList<Peak> peaks)
    {
        List<Peak> strong = StrongestOfEachSecond(peaks);
        var landmarks = new List<Landmark>(strong.Count * Partners);
        for (int i = 0; i < strong.Count; i++)
        {
            int partners = 0;
            for (int j = i + 1; j < strong.Count && partners < Partners && strong[j].Frame - strong[i].Frame <= MostFrames; j++)
            {
                int frames = strong[j].Frame - strong[i].Frame;
                int bins = strong[j].Bin - strong[i].Bin;
                if (frames > 0 && Math.Abs(bins) <= MostBins)
                {
                    landmarks.Add(new Landmark((uint)(strong[i].Bin << 13 | (bins + MostBins) << 6 | frames), strong[i].Frame));
                    partners++;
                }
            }
        }

        return [.. landmarks];
    }

    private static List<Peak> StrongestOfEachSecond(IReadOnlyList<Peak> peaks)
    {
        const int second = SpectrogramPeaks.SampleRate / SpectrogramPeaks.Hop;
        var strongest = new List<Peak>();
        foreach (IGrouping<int, Peak> group in peaks.GroupBy(p => p.Frame / second))
        {
            strongest.AddRange(group.OrderByDescending(p => p.Power).ThenBy(p => p.Frame).ThenBy(p => p.Bin).Take(PeaksPerSecond)
                .OrderBy(p => p.Frame).ThenBy(p => p.Bin));
        }

        return strongest;
    }
}
