using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Composes songs. Cheap: nothing sounds yet.</summary>
internal static class Composer
{
    private static readonly SectionKind[][] Forms =
    [
        [SectionKind.Intro, SectionKind.Verse, SectionKind.Chorus, SectionKind.Verse, SectionKind.Chorus, SectionKind.Solo, SectionKind.Chorus, SectionKind.Outro],
        [SectionKind.Intro, SectionKind.Verse, SectionKind.Verse, SectionKind.Chorus, SectionKind.Verse, SectionKind.Bridge, SectionKind.Chorus, SectionKind.Outro],
        [SectionKind.Intro, SectionKind.Chorus, SectionKind.Verse, SectionKind.Chorus, SectionKind.Solo, SectionKind.Verse, SectionKind.Chorus, SectionKind.Chorus],
        [SectionKind.Verse, SectionKind.Verse, SectionKind.Solo, SectionKind.Verse, SectionKind.Chorus, SectionKind.Solo, SectionKind.Verse, SectionKind.Outro],
    ];

    /// <summary>A song of an artist.</summary>
    /// <param name="artist">Whose habits it follows.</param>
    /// <param name="number">Which of its songs, from 0; equal numbers give equal songs.</param>
    public static Song Compose(Artist artist, int number)
    {
        Dice dice = artist.Dice.Child("song", number);
        Genre flavour = Flavour(artist, number);
        Style style = dice.Pick(flavour == artist.Genre ? artist.Styles : flavour.Styles);
        Harmony harmony = dice.Pick(style.Harmonies);
        int key = dice.Pick(artist.Keys);
        double pace = Math.Clamp(artist.Pace + dice.Gauss(0.15), 0, 1);
        double tempo = style.Tempo.Low + pace * (style.Tempo.High - style.Tempo.Low);

        double secondsPerBar = 60 / tempo * style.Meter;
        var form = artist.Genre.Length is { } length
            ? ShortForm.Make(harmony, length, secondsPerBar, dice.Child("form"))
            : Form(harmony, secondsPerBar, dice.Child("form"));
        int bars = form.Sum(f => f.Section.Bars);
        var clock = new Clock(tempo, bars * style.Meter, style, 4 * style.Meter, dice.Child("clock"));
        var sheet = new Sheet(style, clock, key, harmony.Scale, form, artist.Looseness, dice);
        return new Song
        {
            Genre = artist.Genre,
            Flavour = flavour,
            Artist = artist,
            Title = Titles.Make(artist.Genre, dice.Child("title")),
            Year = Math.Clamp(artist.Year + (int)dice.Gauss(3), artist.Genre.Years.From, artist.Genre.Years.To),
            Score = new Score
            {
                Tempo = tempo,
                Key = key,
                Scale = harmony.Scale,
                BeatsPerBar = style.Meter,
                Beats = [.. Enumerable.Range(0, bars * style.Meter).Select(beat => clock.Straight(beat))],
                Sections = sheet.Sections,
                Chords = [.. Enumerable.Range(0, bars).Select(bar => sheet.ChordAt(bar, 0))],
                Parts = Play(sheet, Band(artist, flavour, dice.Child("band")), artist.Genre.Instrumental, dice.Child("singer")),
                Duration = clock.Straight(bars * style.Meter),
            },
            Production = artist.Production.ForSong(dice.Child("production")),
            Dice = dice.Child("recording"),
        };
    }

    /// <summary>The genre whose style a song is in, without composing it.</summary>
    public static Genre Flavour(Artist artist, int number) =>
        artist.Neighbour is { } neighbour && artist.Dice.Child("flavour", number).Chance(artist.Borrows) ? neighbour : artist.Genre;

    private static List<(Section Section, Progression Progression)> Form(Harmony harmony, double secondsPerBar, Dice dice)
    {
        Progression verse = Progression.Parse(dice.Pick(harmony.Progressions));
        Progression chorus = dice.Chance(0.3) ? verse : Progression.Parse(dice.Pick(harmony.Progressions));
        Progression bridge = Progression.Parse(dice.Pick(harmony.Progressions));
        Progression Of(SectionKind kind) => kind switch { SectionKind.Chorus => chorus, SectionKind.Bridge => bridge, _ => verse };
        var form = new List<(Section, Progression)>();
        int bar = 0;
        foreach (SectionKind kind in Fit(dice.Pick(Forms), k => Bars(k, Of(k)) * secondsPerBar, dice))
        {
            Progression progression = Of(kind);
            int bars = Bars(kind, progression);
            form.Add((Section.Make(kind, bar, bars, dice), progression));
            bar += bars;
        }

        return form;
    }

    private static int Bars(SectionKind kind, Progression progression) =>
        kind is SectionKind.Intro or SectionKind.Outro ? 4 : Math.Max(8, progression.Bars);

    // Between two and a half and four and a half minutes, whatever the tempo: fast songs have more verses, slow ones fewer.
    private static List<SectionKind> Fit(SectionKind[] form, Func<SectionKind, double> seconds, Dice dice)
    {
        List<SectionKind> kinds = [.. form];
        double wanted = dice.Between(150, 270);
        while (kinds.Sum(seconds) < wanted)
        {
            kinds.InsertRange(kinds.Count - 1, dice.Chance(0.3) ? [SectionKind.Solo, SectionKind.Chorus] : [SectionKind.Verse, SectionKind.Chorus]);
        }

        while (kinds.Count > 3 && kinds.Sum(seconds) > 1.3 * wanted)
        {
            kinds.RemoveAt(kinds.Count / 2);
        }

        return kinds;
    }

    // A song in a borrowed style borrows some of its instruments too: a rock band that plays country brings a steel guitar.
    private static Dictionary<Role, Instrument> Band(Artist artist, Genre flavour, Dice dice)
    {
        var band = new Dictionary<Role, Instrument>(artist.Band);
        if (flavour == artist.Genre)
        {
            return band;
        }

        Ensemble guests = dice.Pick(flavour.Ensembles);
        foreach (Role role in Enum.GetValues<Role>())
        {
            if (guests.Of(role) is { Length: > 0 } instruments && (!band.ContainsKey(role) && role != Role.Voice || dice.Chance(0.35)))
            {
                band[role] = dice.Pick(instruments);
            }
        }

        return band;
    }

    private static List<Part> Play(Sheet sheet, Dictionary<Role, Instrument> band, double instrumental, Dice dice)
    {
        var parts = new List<Part>();
        if (sheet.Style.Grooves.Length > 0 && band.TryGetValue(Role.Drums, out Instrument? drums))
        {
            parts.Add(new Part(Role.Drums, drums, Drummer.Play(sheet)));
        }

        if (band.TryGetValue(Role.Bass, out Instrument? bass))
        {
            parts.Add(new Part(Role.Bass, bass, Bassist.Play(sheet, bass)));
        }

        if (band.TryGetValue(Role.Chords, out Instrument? chords))
        {
            parts.Add(new Part(Role.Chords, chords, Accompanist.Play(sheet, chords, sheet.Style.Comping, "chords", 0)));
        }

        if (band.TryGetValue(Role.Pad, out Instrument? pad))
        {
            parts.Add(new Part(Role.Pad, pad, Accompanist.Play(sheet, pad, sheet.Style.Pads, "pad", dice.Pick([0.0, 0.55, 0.7]))));
        }

        bool sings = band.ContainsKey(Role.Voice) && !dice.Chance(instrumental);
        if (sings)
        {
            Instrument voice = band[Role.Voice];
            var melodist = new Melodist(sheet, voice, "voice");
            Func<Section, bool> plays = section => section.Kind is SectionKind.Verse or SectionKind.Chorus or SectionKind.Bridge;
            parts.Add(new Part(Role.Voice, voice, sheet.Style.IsSpoken ? melodist.Speak(plays) : melodist.Play(plays)));
        }

        if (band.TryGetValue(Role.Lead, out Instrument? lead))
        {
            bool always = !sings || dice.Chance(0.15);
            parts.Add(new Part(Role.Lead, lead, new Melodist(sheet, lead, "lead").Play(
                section => always ? section.Kind != SectionKind.Intro : section.Kind is SectionKind.Solo or SectionKind.Intro or SectionKind.Outro)));
        }

        return [.. parts.Select(p => p with { Notes = [.. p.Notes.OrderBy(n => n.Onset).ThenBy(n => n.Pitch)] })];
    }
}
