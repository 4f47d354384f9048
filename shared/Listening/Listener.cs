using System.Collections.Concurrent;
using System.Globalization;
using Pipeline.Audio;
using Pipeline.Features;
using Pipeline.Hdf5;
using Pipeline.Models;
using Pipeline.Msd;
using Pipeline.Native;
using Pipeline.Nn;
using Pipeline.Pictures;
using Pipeline.Recipes;
using Pipeline.Tables;

namespace Pipeline.Listening;

/// <summary>
/// A model that is asked about files: it computes their features as those that it learnt from were computed, by the settings that
/// it keeps, and names genres. Any number of threads may <see cref="Hear"/> at once; one at a time may <see cref="Judge"/>.
/// </summary>
/// <example>
/// <code>
/// using var team = new Team(2);
/// using Listener listener = Listener.Open("model", team, useFfmpeg: false);
/// HeardPiece heard = listener.Hear(Piece.In("song.wav", "song.wav").First());
/// PieceVerdict verdict = listener.Judge(heard);
/// </code>
/// </example>
public sealed class Listener : IDisposable
{
    // Windows that go through a network at once: more would take memory and gain nothing that can be measured.
    private const int Capacity = 8;

    private readonly Model model;
    private readonly bool useFfmpeg;
    private readonly FeatureSettings[] settings; // each once
    private readonly int[] settingsOf; // of each input
    private readonly ConcurrentBag<FeatureExtractor[]> idle = []; // plans are costly to make

    private Listener(Model model, FeatureSettings[] settings, int[] settingsOf, bool useFfmpeg)
    {
        (this.model, this.settings, this.settingsOf, this.useFfmpeg) = (model, settings, settingsOf, useFfmpeg);
        Kinds = settings[0].Representation == Representation.Picture ? [PieceKind.Picture]
            : settings.All(s => s.Representation == Representation.Segments) ? [PieceKind.Sound, PieceKind.Songs]
            : [PieceKind.Sound];
    }

    /// <summary>The model.</summary>
    public ModelDescription Description => model.Description;

    /// <summary>The genres, in the order of the verdicts.</summary>
    public IReadOnlyList<string> Genres => model.Genres;

    /// <summary>What kinds of file the model can be asked about.</summary>
    public IReadOnlyList<PieceKind> Kinds { get; }

    /// <summary>Opens a model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="team">Who computes verdicts.</param>
    /// <param name="useFfmpeg">Whether a file of a kind unknown to the pipeline is given to an ffmpeg process.</param>
    /// <exception cref="ModelException">It is no model, or does not tell how its features are computed.</exception>
    public static Listener Open(string folder, Team team, bool useFfmpeg)
    {
        var model = Model.Open(folder, team, Capacity);
        try
        {
            string file = Path.Combine(folder, Model.DescriptionFile);
            var known = new List<string>();
            var settings = new List<FeatureSettings>();
            var settingsOf = new List<int>();
            foreach (ModelInput input in model.Description.Inputs)
            {
                string json = input.Features ?? throw new ModelException(
                    $"{file} does not tell how its features are computed: it was trained on another program's table; "
                    + "ask it about tables of features (evaluate --model), or train on a table of extract-features");
                if (!known.Contains(json))
                {
                    known.Add(json);
                    settings.Add(SettingsOf(json, file));
                }

                settingsOf.Add(known.IndexOf(json));
            }

            if (settings.Any(s => s.Representation == Representation.Picture) && settings.Any(s => s.Representation != Representation.Picture))
            {
                throw new ModelException($"{file}: the model looks at pictures and at sound of the same piece, and a file is one or the other");
            }

            return new Listener(model, [.. settings], [.. settingsOf], useFfmpeg);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file of a folder is one that the model can be asked about, by its content or, of sound, by its name.</summary>
    public bool Takes(string path)
    {
        PieceKind kind = Piece.KindOf(path);
        return Kinds.Contains(kind) && (kind != PieceKind.Sound || SoundFiles.Has(path, useFfmpeg));
    }

    /// <summary>Computes what the model looks at of a piece.</summary>
    public HeardPiece Hear(Piece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (piece.Fault is not null)
        {
            return Failed(piece, piece.Fault);
        }

        var remarks = new List<string>();
        FeatureExtractor[] extractors = idle.TryTake(out FeatureExtractor[]? made) ? made : [.. settings.Select(s => new FeatureExtractor(s))];
        try
        {
            if (!Kinds.Contains(piece.Kind))
            {
                return Failed(piece, Strange(piece.Kind));
            }

            (IReadOnlyList<FeatureWindow>[] features, double? durationS) = piece.Kind switch
            {
                PieceKind.Picture => OfPicture(piece, extractors),
                PieceKind.Songs => OfSong(piece, extractors),
                _ => OfSound(piece, extractors, remarks),
            };
            return Windows(piece, features, durationS, remarks);
        }
        catch (FeatureException e)
        {
            return Failed(piece, e.Message);
        }
        catch (AudioException e)
        {
            return Failed(piece, e.Reason);
        }
        catch (PictureException e)
        {
            return Failed(piece, e.Reason);
        }
        catch (Hdf5Exception e)
        {
            return Failed(piece, e.Reason);
        }
        catch (MissingLibraryException e)
        {
            return Failed(piece, e.Message) with { LacksLibrary = true };
        }
        finally
        {
            idle.Add(extractors);
        }
    }

    /// <summary>What each of the model's networks makes of a piece: probabilities, windows x genres, 1 together for each window.</summary>
    /// <param name="heard">A piece that was heard.</param>
    /// <exception cref="FeatureException">Its values are too great to compute with.</exception>
    public float[][] JudgeByMember(HeardPiece heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        float[][][] batch = [.. heard.Windows.Select(w => Array.ConvertAll(w, f => f.Values))];
        float[][] shares = new float[model.Members.Count][];
        for (int member = 0; member < shares.Length; member++)
        {
            shares[member] = new float[batch.Length * Genres.Count];
            model.Predict(member, batch, shares[member], default);
            if (FiniteValues.FirstOther(shares[member]) >= 0)
            {
                throw new FeatureException("not-finite", "its values are too great to compute with");
            }
        }

        return shares;
    }

    /// <summary>What the model makes of a piece: the mean over its windows, and over the model's networks.</summary>
    /// <param name="heard">A piece that was heard.</param>
    /// <exception cref="FeatureException">Its values are too great to compute with.</exception>
    public PieceVerdict Judge(HeardPiece heard)
    {
        float[][] shares = JudgeByMember(heard);
        int genres = Genres.Count;

        // Summed in the order of evaluate, so that both give the same bits.
        var windows = new List<WindowVerdict>();
        double[] whole = new double[genres];
        double[] mean = new double[genres];
        for (int w = 0; w < heard.Windows.Count; w++)
        {
            Array.Clear(mean);
            foreach (float[] share in shares)
            {
                for (int g = 0; g < genres; g++)
                {
                    double part = (double)share[w * genres + g] / shares.Length;
                    mean[g] += part;
                    whole[g] += part;
                }
            }

            FeatureWindow window = heard.Windows[w][0];
            windows.Add(new WindowVerdict(window.StartS, window.LengthS, Array.ConvertAll(mean, p => (float)p)));
        }

        return new PieceVerdict(Array.ConvertAll(whole, p => (float)(p / heard.Windows.Count)), windows);
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();

    private static FeatureSettings SettingsOf(string json, string file)
    {
        try
        {
            return FeatureSettings.Parse(json, file);
        }
        catch (RecipeException e)
        {
            throw new ModelException($"{file} has settings of features that this version does not know: train anew, or use the version that made it ({e.Message})", e);
        }
    }

    private string Strange(PieceKind kind) => (kind, settings[0].Representation) switch
    {
        (PieceKind.Songs, Representation.Picture) => $"it is a song file, and the model '{Description.Recipe}' looks at pictures of spectrograms (PNG): a model of segments, such as top-n, reads it",
        (PieceKind.Songs, _) => $"a song file holds segments and no sound, and the model '{Description.Recipe}' listens to sound: a model of segments, such as top-n, reads it",
        (PieceKind.Picture, _) => $"it is a picture, and the model '{Description.Recipe}' listens to sound: a model of pictures reads it",
        _ => $"it is no picture, and the model '{Description.Recipe}' looks at pictures of spectrograms (PNG): a model of sound reads it",
    };

    private static (IReadOnlyList<FeatureWindow>[] Features, double? DurationS) OfPicture(Piece piece, FeatureExtractor[] extractors)
    {
        Picture picture = PngReader.Read(piece.Path);
        return (Array.ConvertAll(extractors, e => e.OfPicture(picture, lengthS: 0)), null); // how long the music is, no picture tells
    }

    private static (IReadOnlyList<FeatureWindow>[] Features, double? DurationS) OfSong(Piece piece, FeatureExtractor[] extractors)
    {
        using MsdFile file = MsdFile.Open(piece.Path);
        if (file.IsSummary || file.SongCount == 0)
        {
            throw new FeatureException(MsdFaultNames.NoSegments, file.IsSummary ? "its file is a summary: there are tables, and no arrays" : "there are no songs in its file");
        }

        MsdSong song = file.Read(piece.Song);
        if (MsdFault.Find(song) is { } fault)
        {
            throw new FeatureException(fault.Name, fault.Detail);
        }

        Segments segments = SegmentRows.Of("", song);
        return (Array.ConvertAll(extractors, e => e.OfSegments(SegmentStretch.Cut(segments, 0, segments.DurationS))), segments.DurationS);
    }

    private (IReadOnlyList<FeatureWindow>[] Features, double? DurationS) OfSound(Piece piece, FeatureExtractor[] extractors, List<string> remarks)
    {
        Sound sound = AudioFile.ReadMono(piece.Path, useFfmpeg);
        Remark(sound, remarks);
        float[] samples = [];
        int rate = 0;
        var features = new IReadOnlyList<FeatureWindow>[extractors.Length];
        for (int i = 0; i < features.Length; i++)
        {
            if (rate != settings[i].SampleRate)
            {
                rate = settings[i].SampleRate;
                samples = SoundStretch.AtRate(sound, piece.Path, rate);
            }

            features[i] = extractors[i].OfAudio(SoundStretch.Cut(samples, rate, 0, sound.DurationS));
        }

        return (features, sound.DurationS);
    }

    private void Remark(Sound sound, List<string> remarks)
    {
        if (sound.Damage is { } damage)
        {
            remarks.Add($"its file is damaged: {damage}");
        }

        if (sound.SampleRate < settings.Max(s => s.SampleRate))
        {
            remarks.Add(string.Create(
                CultureInfo.InvariantCulture, $"it has {sound.SampleRate} samples a second, and so nothing above {sound.SampleRate / 2} Hz: the verdict is the less sure"));
        }
    }

    private HeardPiece Windows(Piece piece, IReadOnlyList<FeatureWindow>[] features, double? durationS, List<string> remarks)
    {
        if (features.Any(f => f.Count != features[0].Count))
        {
            return Failed(piece, $"the model's inputs cut it into different numbers of windows ({string.Join(" and ", features.Select(f => f.Count))})");
        }

        var windows = new FeatureWindow[features[0].Count][];
        for (int w = 0; w < windows.Length; w++)
        {
            windows[w] = [.. settingsOf.Select(s => features[s][w])];
            for (int i = 0; i < windows[w].Length; i++)
            {
                FeatureWindow window = windows[w][i];
                ModelInput input = Description.Inputs[i];
                if ((window.Channels, window.Frames) != (input.WindowChannels, input.Frames))
                {
                    return Failed(piece, $"its features are {window.Channels} x {window.Frames} values, and the model wants {input.WindowChannels} x {input.Frames}: "
                        + "it was trained on whole pieces of one length; a recipe with features.window takes any");
                }

                if (FiniteValues.FirstOther(window.Values) >= 0)
                {
                    return Failed(piece, "a value of its features is infinite or no number");
                }
            }
        }

        // What is a little short of a window is nothing strange. Of segments it never is: slow music has few of them.
        double seen = windows[0].Max(w => w.LengthS);
        if (durationS < seen / 2 && settings.All(s => s.Representation != Representation.Segments))
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"it lasts {durationS:0.##} s, less than half of the {seen:0.#} s that the model looks at: the verdict is the less sure"));
        }

        return new HeardPiece(piece, windows, durationS, null, false, remarks);
    }

    private static HeardPiece Failed(Piece piece, string fault) => new(piece, [], null, fault, false, []);
}
