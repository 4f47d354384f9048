using Pipeline.Msd;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>
/// Describes a song as the Million Song Dataset's analysis would, from its notes instead of its sound: a segment begins with
/// every onset, its pitches are those of the notes that sound in it, its timbre that of the instruments that play them.
/// </summary>
internal static class TrackAnalysis
{
    private const double ShortestSegment = 0.09;
    private const int TatumsPerBeat = 2;

    private const double LoudestDb = 1;
    private const double QuietestDb = -60;

    // The energy that is as loud as 0 dB: a full band at its hardest.
    private const double FullEnergy = 30;

    /// <summary>The analysis of a song.</summary>
    /// <param name="track">Its identifier and artist.</param>
    /// <param name="song">The composed song.</param>
    public static MsdSong Describe(PlannedTrack track, Song song)
    {
        Dice dice = new Dice(0).Child(track.TrackId);
        Score score = song.Score;
        SoundingNote[] notes = [.. score.Parts.SelectMany(Sounding).OrderBy(n => n.Onset)];
        double[] starts = Segments(notes, score.Duration);
        var segments = new SegmentValues(starts.Length);
        double level = dice.Between(-9, 2); // records differ in how loud they are cut
        Fill(segments, starts, notes, score.Duration, level, dice);

        double[] tatums = [.. score.Beats.SelectMany((beat, i) => Divide(beat, i + 1 < score.Beats.Count ? score.Beats[i + 1] : score.Duration))];
        double[] sections = [.. score.Sections.Select(s => score.Bars[s.FirstBar])];
        return new MsdSong
        {
            TrackId = track.TrackId,
            SongId = Identifier("SO", song.Title + song.Artist.Name),
            Title = song.Title,
            Release = Titles.Make(song.Genre, song.Artist.Dice.Child("release", track.Song / 5)),
            ArtistName = song.Artist.Name,
            ArtistId = Identifier("AR", song.Artist.Name),
            Year = dice.Chance(0.5) ? song.Year : 0, // half of the dataset's years are not known
            SampleRate = Samples.Rate,
            DurationS = Math.Round(score.Duration, 5),
            FadeInEndS = Math.Round(dice.Between(0, 0.4), 3),
            FadeOutStartS = Math.Round(score.Duration - dice.Between(2, 8), 3),
            LoudnessDb = Math.Round(segments.LoudnessMax.Average() - 1, 3),
            Tempo = Math.Round(score.Tempo * (1 + dice.Gauss(0.002)), 3),
            Key = score.Key,
            KeyConfidence = Confidence(dice, 0.6),
            Mode = score.Scale.IsMinor ? 0 : 1,
            ModeConfidence = Confidence(dice, 0.6),
            TimeSignature = score.BeatsPerBar,
            TimeSignatureConfidence = Confidence(dice, 0.8),
            SegmentsStart = Single(starts),
            SegmentsConfidence = segments.Confidence,
            SegmentsLoudnessStart = segments.LoudnessStart,
            SegmentsLoudnessMax = segments.LoudnessMax,
            SegmentsLoudnessMaxTime = segments.LoudnessMaxTime,
            SegmentsPitches = segments.Pitches,
            SegmentsTimbre = segments.Timbre,
            BeatsStart = Single(score.Beats),
            BeatsConfidence = Confidences(dice, score.Beats.Count, 0.7),
            BarsStart = Single(score.Bars),
            BarsConfidence = Confidences(dice, score.Bars.Count, 0.4),
            SectionsStart = Single(sections),
            SectionsConfidence = Confidences(dice, sections.Length, 0.7),
            TatumsStart = Single(tatums),
            TatumsConfidence = Confidences(dice, tatums.Length, 0.6),
        };
    }

    private static IEnumerable<SoundingNote> Sounding(Part part)
    {
        double gain = Math.Pow(10, part.Instrument.Level / 20) * (part.Role == Role.Pad ? 0.5 : 1);
        float[] colour = Colour(part.Instrument.Name);
        foreach (Note note in part.Notes)
        {
            bool isDrum = part.Role == Role.Drums;
            double length = isDrum ? Ring((Drum)(int)note.Pitch) : note.Duration + 0.1;
            yield return new SoundingNote(note.Onset, note.Onset + length, note.Pitch, isDrum, gain * note.Velocity * note.Velocity, colour);
        }
    }

    private static double Ring(Drum drum) => drum switch
    {
        Drum.Crash or Drum.Ride or Drum.OpenHat => 0.6,
        Drum.Kick or Drum.LowTom or Drum.MiddleTom or Drum.HighTom => 0.25,
        _ => 0.12,
    };

    // Onsets nearer to each other than a listener tells apart are one.
    private static double[] Segments(SoundingNote[] notes, double duration)
    {
        var starts = new List<double> { 0 };
        foreach (SoundingNote note in notes)
        {
            if (note.Onset >= starts[^1] + ShortestSegment && note.Onset < duration)
            {
                starts.Add(note.Onset);
            }
        }

        return [.. starts];
    }

    private static void Fill(SegmentValues segments, double[] starts, SoundingNote[] notes, double duration, double level, Dice dice)
    {
        int first = 0; // notes before it are over
        Span<double> chroma = stackalloc double[MsdLayout.SegmentValues];
        Span<double> timbre = stackalloc double[MsdLayout.SegmentValues];
        for (int s = 0; s < starts.Length; s++)
        {
            double from = starts[s];
            double to = s + 1 < starts.Length ? starts[s + 1] : duration;
            while (first < notes.Length && notes[first].End <= from)
            {
                first++;
            }

            chroma.Clear();
            timbre.Clear();
            double energy = 1e-6;
            double attack = 0;
            double height = 0;
            for (int i = first; i < notes.Length && notes[i].Onset < to; i++)
            {
                SoundingNote note = notes[i];
                double share = (Math.Min(note.End, to) - Math.Max(note.Onset, from)) / (to - from);
                if (share <= 0)
                {
                    continue;
                }

                double e = note.Energy * share;
                energy += e;
                attack += note.Onset >= from ? note.Energy : 0;
                height += e * (note.IsDrum ? 1.5 * (note.Pitch - 36) / 24 : (note.Pitch - 60) / 24);
                AddPitches(chroma, note, e);
                for (int k = 0; k < timbre.Length; k++)
                {
                    timbre[k] += e * note.Colour[k];
                }
            }

            double loudness = Math.Clamp(level + 10 * Math.Log10(energy / FullEnergy) + dice.Gauss(0.5), QuietestDb, LoudestDb);
            segments.Set(s, attack, loudness, dice);
            segments.SetPitches(s, chroma, dice);
            segments.SetTimbre(s, loudness - QuietestDb, height / energy, attack / energy, timbre, energy, dice);
        }
    }

    // A tone's third and fifth harmonics are the twelfth and the seventeenth above it; drums are of all pitches.
    private static void AddPitches(Span<double> chroma, SoundingNote note, double energy)
    {
        if (note.IsDrum)
        {
            foreach (ref double value in chroma)
            {
                value += 0.12 * energy;
            }

            return;
        }

        int pitch = (int)Math.Round(note.Pitch) + 1200;
        chroma[pitch % 12] += energy;
        chroma[(pitch + 7) % 12] += 0.25 * energy;
        chroma[(pitch + 4) % 12] += 0.1 * energy;
    }

    // How an instrument sounds, in coordinates that mean nothing but that instruments differ in them.
    private static float[] Colour(string instrument)
    {
        Dice dice = new Dice(12).Child(instrument);
        return [.. Enumerable.Range(0, MsdLayout.SegmentValues).Select(_ => (float)dice.Gauss(1))];
    }

    private static IEnumerable<double> Divide(double beat, double next) =>
        Enumerable.Range(0, TatumsPerBeat).Select(i => beat + (next - beat) * i / TatumsPerBeat);

    private static double Confidence(Dice dice, double usual) => Math.Round(Math.Clamp(usual + dice.Gauss(0.2), 0, 1), 3);

    private static float[] Confidences(Dice dice, int count, double usual) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)Confidence(dice, usual))];

    private static float[] Single(IReadOnlyList<double> seconds) => [.. seconds.Select(s => (float)Math.Round(s, 5))];

    // As the Echo Nest's: two letters and sixteen digits, the same for the same name.
    private static string Identifier(string prefix, string name)
    {
        Dice dice = new Dice(18).Child(prefix + name);
        return prefix + string.Concat(Enumerable.Range(0, 16).Select(_ => "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[dice.Below(36)]));
    }

    private readonly record struct SoundingNote(double Onset, double End, double Pitch, bool IsDrum, double Energy, float[] Colour);
}
