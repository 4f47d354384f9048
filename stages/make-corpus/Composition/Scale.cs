namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>The steps a melody moves in.</summary>
/// <param name="Name">What musicians call it.</param>
/// <param name="Steps">Semitones above the tonic, within an octave.</param>
internal sealed record Scale(string Name, params int[] Steps)
{
    public static readonly Scale Major = new("major", 0, 2, 4, 5, 7, 9, 11);
    public static readonly Scale Minor = new("minor", 0, 2, 3, 5, 7, 8, 10);
    public static readonly Scale HarmonicMinor = new("harmonic minor", 0, 2, 3, 5, 7, 8, 11);
    public static readonly Scale Dorian = new("dorian", 0, 2, 3, 5, 7, 9, 10);
    public static readonly Scale Mixolydian = new("mixolydian", 0, 2, 4, 5, 7, 9, 10);
    public static readonly Scale Phrygian = new("phrygian", 0, 1, 3, 5, 7, 8, 10);
    public static readonly Scale MajorPentatonic = new("major pentatonic", 0, 2, 4, 7, 9);
    public static readonly Scale MinorPentatonic = new("minor pentatonic", 0, 3, 5, 7, 10);
    public static readonly Scale Blues = new("blues", 0, 3, 5, 6, 7, 10);

    public static readonly Scale Lydian = new("lydian", 0, 2, 4, 6, 7, 9, 11);
    public static readonly Scale PhrygianDominant = new("phrygian dominant", 0, 1, 4, 5, 7, 8, 10);
    public static readonly Scale WholeTone = new("whole tone", 0, 2, 4, 6, 8, 10);

    /// <summary>Whether the third above the tonic is a minor one.</summary>
    public bool IsMinor => Steps.Contains(3);

    /// <summary>Semitones above the tonic of a degree counted from 0, over any number of octaves, below it too.</summary>
    public int Semitones(int degree)
    {
        int octave = (int)Math.Floor((double)degree / Steps.Length);
        return 12 * octave + Steps[degree - octave * Steps.Length];
    }

    /// <summary>The degree whose pitch is nearest to so many semitones above the tonic.</summary>
    public int NearestDegree(double semitones)
    {
        int guess = (int)Math.Round(semitones / 12 * Steps.Length);
        int best = guess;
        for (int degree = guess - 2; degree <= guess + 2; degree++)
        {
            if (Math.Abs(Semitones(degree) - semitones) < Math.Abs(Semitones(best) - semitones))
            {
                best = degree;
            }
        }

        return best;
    }
}
