namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A chord relative to the key.</summary>
/// <param name="Root">Semitones above the tonic, 0 to 11.</param>
/// <param name="Tones">Semitones above its root, the root's 0 first.</param>
internal sealed record Chord(int Root, params int[] Tones)
{
    private static readonly string[] Numerals = ["VII", "VI", "IV", "V", "III", "II", "I"];
    private static readonly int[] Roots = [11, 9, 5, 7, 4, 2, 0];

    /// <summary>
    /// Reads a roman numeral against the major scale: <c>ii7</c>, <c>V</c>, <c>bVII</c>, <c>Imaj7</c>, <c>viio</c>, <c>IV9</c>, <c>i5</c>
    /// (5: root and fifth alone), <c>Isus</c>, <c>ii7b5</c>, <c>vi6</c>. Small letters are minor.
    /// </summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Chord Parse(string text)
    {
        int flat = text.StartsWith('b') ? 1 : 0;
        string rest = text[flat..];
        int numeral = Array.FindIndex(Numerals, n => rest.StartsWith(n, StringComparison.OrdinalIgnoreCase));
        if (numeral < 0)
        {
            throw new FormatException($"'{text}' is no roman numeral of a chord");
        }

        bool isMinor = char.IsLower(rest[0]);
        int third = isMinor ? 3 : 4;
        int[] tones = rest[Numerals[numeral].Length..] switch
        {
            "" => [0, third, 7],
            "5" => [0, 7],
            "6" => [0, third, 7, 9],
            "7" => [0, third, 7, 10],
            "maj7" => [0, third, 7, 11],
            "9" => [0, third, 7, 10, 14],
            "maj9" => [0, third, 7, 11, 14],
            "13" => [0, third, 10, 14, 21],
            "7b9" => [0, third, 7, 10, 13],
            "7b5" => [0, third, 6, 10],
            "o" => [0, 3, 6],
            "o7" => [0, 3, 6, 9],
            "sus" => [0, 5, 7],
            "add9" => [0, third, 7, 14],
            var kind => throw new FormatException($"'{text}': there is no kind of chord '{kind}'"),
        };
        return new Chord((Roots[numeral] - flat + 12) % 12, tones);
    }

    /// <summary>Whether a pitch above the tonic is one of its tones.</summary>
    public bool Holds(int semitones) => Array.Exists(Tones, t => (((semitones - Root - t) % 12) + 12) % 12 == 0);
}
