using System.Collections.Concurrent;
using System.Text;
using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Dsp.Segments;
using Pipeline.Msd;
using Pipeline.Tables;

namespace Pipeline.Stages.Hdf5Export;

/// <summary>Writes song files. Several threads may use it at once.</summary>
/// <param name="folder">Where to.</param>
/// <param name="audioRoot">What the recordings' paths are relative to; null where no audio is wanted.</param>
/// <param name="useFfmpeg">Whether ffmpeg may read what nothing else does.</param>
internal sealed class SongExporter(OutputFolder folder, string? audioRoot, bool useFfmpeg)
{
    // The layout's fields for keys.
    private const int KeyBytes = 32;

    // As many as there are threads: plans are costly to make.
    private readonly ConcurrentBag<SongAnalyzer> analyzers = [];

    /// <summary>Writes a recording's file.</summary>
    public ExportResult Write(RecordingWithSegments source)
    {
        Recording recording = source.Recording;
        if (recording.Fault is not null)
        {
            return new ExportResult(recording, null, IsLeftOut: true);
        }

        string file = Path.GetFullPath(folder[FileName(recording)]);
        if (!file.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return new ExportResult(recording, "its path leads out of the folder", IsLeftOut: false);
        }

        if (source.Segments?.FindFault() is { } broken)
        {
            return new ExportResult(recording, $"its segments: {broken}", IsLeftOut: false); // a table of another program's may hold anything
        }

        MsdAudio? audio = null;
        SongAnalysis? analysis = null;
        try
        {
            if (audioRoot is not null)
            {
                Sound sound = AudioFile.Read(Path.Combine(audioRoot, recording.Path), useFfmpeg);
                audio = new MsdAudio(sound.Samples, sound.Channels, sound.SampleRate);
                analysis = source.Segments is null ? Analyse(sound) : null;
            }
        }
        catch (AudioException e)
        {
            return new ExportResult(recording, e.Reason, IsLeftOut: false);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using FileStream stream = Create(file, recording);
        MsdSong song = Song(recording, source.Segments, audio);
        MsdWriter.Write(stream, [analysis is null ? song : song.With(analysis) with { DurationS = song.DurationS, FadeOutStartS = Math.Min(analysis.FadeOutStartS, song.DurationS) }], audio);
        return new ExportResult(recording, null, IsLeftOut: false);
    }

    private SongAnalysis Analyse(Sound sound)
    {
        float[] mono = new float[sound.Samples.Length / sound.Channels];
        MonoMix.Mix(sound.Samples, sound.Channels, mono);
        SongAnalyzer analyzer = analyzers.TryTake(out SongAnalyzer? idle) ? idle : new SongAnalyzer();
        try
        {
            return analyzer.Analyze(Resampler.Resample(mono, sound.SampleRate, SongAnalyzer.SampleRate));
        }
        finally
        {
            analyzers.Add(analyzer);
        }
    }

    private static FileStream Create(string file, Recording recording)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new StageException($"two recordings would be the file {FileName(recording)}: export the sources one by one");
        }
    }

    // In the recording's folder, by its key, which is what ingest-msd takes the key from.
    private static string FileName(Recording recording)
    {
        string key = Key(recording);
        string name = key[(key.LastIndexOf('/') + 1)..] + ".h5";
        return Path.Combine(Path.GetDirectoryName(recording.Path) ?? "", name);
    }

    private static string Key(Recording recording)
    {
        string prefix = recording.Source + "/";
        return recording.RecordingId.StartsWith(prefix, StringComparison.Ordinal) ? recording.RecordingId[prefix.Length..] : recording.RecordingId;
    }

    private static MsdSong Song(Recording recording, Segments? segments, MsdAudio? audio)
    {
        string key = recording.TrackId ?? Key(recording);
        return new MsdSong
        {
            TrackId = Encoding.UTF8.GetByteCount(key) <= KeyBytes ? key : null,
            SongId = recording.SongId,
            Title = recording.Title,
            Release = recording.Release,
            ArtistName = recording.Artist,
            ArtistId = recording.ArtistId,
            Genre = recording.FolderLabel,
            Year = recording.Year,
            SampleRate = recording.SampleRate ?? audio?.SampleRate,
            DurationS = segments?.DurationS ?? recording.DurationS,
            FadeInEndS = segments?.FadeInEndS ?? 0,
            FadeOutStartS = segments?.FadeOutStartS ?? recording.DurationS,
            LoudnessDb = recording.LoudnessDb ?? double.NaN,
            Tempo = segments?.Tempo ?? recording.Tempo ?? 0,
            Key = segments?.Key ?? recording.Key,
            KeyConfidence = recording.KeyConfidence ?? double.NaN,
            Mode = segments?.Mode ?? recording.Mode,
            ModeConfidence = recording.ModeConfidence ?? double.NaN,
            TimeSignature = segments?.TimeSignature ?? recording.TimeSignature,
            TimeSignatureConfidence = recording.TimeSignatureConfidence ?? double.NaN,
            SegmentsStart = segments?.Start,
            SegmentsConfidence = segments?.Confidence,
            SegmentsLoudnessStart = segments?.LoudnessStart,
            SegmentsLoudnessMax = segments?.LoudnessMax,
            SegmentsLoudnessMaxTime = segments?.LoudnessMaxTime,
            SegmentsPitches = segments?.Pitches,
            SegmentsTimbre = segments?.Timbre,
            BeatsStart = segments?.BeatsStart,
            BeatsConfidence = segments?.BeatsConfidence,
            BarsStart = segments?.BarsStart,
            BarsConfidence = segments?.BarsConfidence,
            SectionsStart = segments?.SectionsStart,
            SectionsConfidence = segments?.SectionsConfidence,
            TatumsStart = segments?.TatumsStart,
            TatumsConfidence = segments?.TatumsConfidence,
        };
    }
}
