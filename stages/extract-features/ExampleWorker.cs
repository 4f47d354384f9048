using System.Collections.Concurrent;
using Pipeline.Audio;
using Pipeline.Features;
using Pipeline.Features.Changes;
using Pipeline.Pictures;
using Pipeline.Tables;

namespace Pipeline.Stages.FeatureExtraction;

/// <summary>Computes the features of a recording's examples. Several threads may use it at once.</summary>
/// <param name="settings">What to compute.</param>
/// <param name="roots">Where the recordings' files are.</param>
/// <param name="useFfmpeg">Whether ffmpeg may read what nothing else does.</param>
internal sealed class ExampleWorker(FeatureSettings settings, Roots roots, bool useFfmpeg)
{
    // As many as there are threads: plans are costly to make.
    private readonly ConcurrentBag<FeatureExtractor> extractors = [];
    private readonly SegmentsChanger segmentsChanger = new();
    private readonly ConcurrentBag<AudioChanger> changers = [];

    /// <summary>The features of each example, or what keeps it from having any.</summary>
    public IReadOnlyList<ExampleResult> Work(ExampleGroup group)
    {
        Recording recording = group.Song.Recording;
        if (recording.Fault is { } fault)
        {
            return Failed(group, "faulty", $"the recording has the fault '{fault}'");
        }

        if (settings.Representation == Representation.Segments && group.Song.Segments?.FindFault() is { } broken)
        {
            return Failed(group, "faulty", $"its segments: {broken}"); // a table of another program's may hold anything
        }

        bool hasSegments = settings.Representation == Representation.Segments && group.Song.Segments is not null;
        if (!hasSegments && Recording.IsSongFile(recording.Path))
        {
            return Failed(group, "no-sound", "a song file holds segments and no sound: name their table with --segments, and a recipe of segments");
        }

        if (!hasSegments && !File.Exists(roots.FileOf(recording)))
        {
            return Failed(group, "missing", $"there is no file '{roots.FileOf(recording)}': is --root what the recordings were made with?");
        }

        FeatureExtractor extractor = extractors.TryTake(out FeatureExtractor? idle) ? idle : new FeatureExtractor(settings);
        try
        {
            return [.. group.Examples.Select(Computation(group, extractor))];
        }
        catch (AudioException e)
        {
            return Failed(group, "unreadable", e.Reason);
        }
        catch (PictureException e)
        {
            return Failed(group, "unreadable", e.Reason);
        }
        finally
        {
            extractors.Add(extractor);
        }
    }

    // Opens the recording, once for all of its examples.
    private Func<Example, ExampleResult> Computation(ExampleGroup group, FeatureExtractor extractor)
    {
        Recording recording = group.Song.Recording;
        if (settings.Representation == Representation.Picture)
        {
            Picture picture = PngReader.Read(roots.FileOf(recording));
            return example => Result(example, recording, () => Change.Of(example).IsNone
                ? extractor.OfPicture(picture, example.LengthS)
                : throw new FeatureException("unchangeable", "a picture's pitch, speed, gain and noise cannot be changed: plan examples of pictures without"));
        }

        if (settings.Representation == Representation.Segments && group.Song.Segments is { } song)
        {
            return example => Result(example, recording, () =>
                extractor.OfSegments(segmentsChanger.Apply(SegmentStretch.Cut(song, example.OffsetS, example.LengthS), Change.Of(example))));
        }

        string file = roots.FileOf(recording);
        Sound sound = AudioFile.ReadMono(file, useFfmpeg);
        float[] samples = SoundStretch.AtRate(sound, file, settings.SampleRate);
        return example => Result(example, recording, () =>
            extractor.OfAudio(Changed(SoundStretch.Cut(samples, settings.SampleRate, example.OffsetS, example.LengthS), Change.Of(example))));
    }

    private ReadOnlySpan<float> Changed(ReadOnlySpan<float> samples, Change change)
    {
        if (change.IsNone)
        {
            return samples;
        }

        AudioChanger changer = changers.TryTake(out AudioChanger? idle) ? idle : new AudioChanger();
        try
        {
            return changer.Apply(samples, change);
        }
        finally
        {
            changers.Add(changer);
        }
    }

    private static ExampleResult Result(Example example, Recording recording, Func<IReadOnlyList<FeatureWindow>> compute)
    {
        try
        {
            if (example.FindFault() is { } broken)
            {
                throw new FeatureException("faulty", broken);
            }

            IReadOnlyList<FeatureWindow> windows = compute();
            return windows.All(w => FiniteValues.FirstOther(w.Values) < 0)
                ? new ExampleResult(example, recording.Path, windows, null)
                : new ExampleResult(example, recording.Path, [], new ExampleFault("not-finite", "a value is infinite or no number"));
        }
        catch (FeatureException e)
        {
            return new ExampleResult(example, recording.Path, [], new ExampleFault(e.Fault, e.Detail));
        }
    }

    private static IReadOnlyList<ExampleResult> Failed(ExampleGroup group, string fault, string detail) =>
        [.. group.Examples.Select(e => new ExampleResult(e, group.Song.Recording.Path, [], new ExampleFault(fault, detail)))];
}
