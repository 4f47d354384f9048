using Pipeline.Audio.Coded;
using Pipeline.Audio.Files;
using Pipeline.Audio.Plain;

namespace Pipeline.Audio;

/// <summary>
/// Reads a sound file from front to back, block by block: a file of three hours needs no more memory than a clip.
/// wav, au and aiff are read by this library itself, flac and ogg by libsndfile, mp3 by libmpg123 (each loaded when the first such
/// file appears), anything else by an ffmpeg process where that is allowed. Not for use by several threads at once.
/// </summary>
/// <example>
/// <code>
/// using AudioReader reader = AudioReader.Open("blues.00000.wav");
/// var block = new float[4096 * reader.Channels];
/// for (int count; (count = reader.Read(block)) > 0;)
/// {
///     meter.Add(block.AsSpan(0, count));
/// }
/// </code>
/// </example>
public abstract class AudioReader : IDisposable
{
    /// <summary>More channels are taken for damage: no format in use has them, and a forged header could ask for any buffer.</summary>
    internal const int MaxChannels = 1024;

    /// <summary>Frames per second below which a header is taken for damage: resampling such a file would grow it without bound.</summary>
    internal const int MinSampleRate = 1000;

    /// <summary>Frames per second above which a header is taken for damage.</summary>
    internal const int MaxSampleRate = 1_000_000;

    private protected AudioReader(string path, AudioFormat format)
    {
        Path = path;
        Format = format;
    }

    /// <summary>The kind of file, told by its content.</summary>
    public AudioFormat Format { get; }

    /// <summary>Frames per second.</summary>
    public int SampleRate { get; private protected set; }

    /// <summary>Channels, 1 or more.</summary>
    public int Channels { get; private protected set; }

    /// <summary>The number of frames that the header promises; null where it says nothing. A damaged file holds fewer.</summary>
    public long? AnnouncedFrames { get; private protected set; }

    /// <summary>
    /// What was wrong with the file (<c>"12,000 of 30,000 announced frames"</c>), null if it was sound.
    /// Complete once <see cref="Read"/> has returned 0.
    /// </summary>
    public string? Damage { get; private set; }

    /// <summary>The file's path, as given.</summary>
    private protected string Path { get; }

    /// <summary>
    /// Frames for which it is safe to make room at once; 0 where only reading tells. Not <see cref="AnnouncedFrames"/>, which may lie.
    /// </summary>
    internal virtual long FramesInFile => 0;

    /// <summary>Opens a sound file and reads its header. What kind it is, its content tells and not its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="useFfmpeg">Whether a file of a kind unknown to this library is given to an ffmpeg process.</param>
    /// <exception cref="AudioException">There is no such file, or no sound in it that can be read.</exception>
    /// <exception cref="Native.MissingLibraryException">The library or program for this kind of file is not installed.</exception>
    public static AudioReader Open(string path, bool useFfmpeg = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ByteSource source = ByteSource.Open(path);
        try
        {
            return Open(source, Content.Identify(source), useFfmpeg);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next samples.</summary>
    /// <param name="interleaved">Where to, with room for one frame at least; filled with whole frames, channels interleaved; 1 is full scale.</param>
    /// <returns>How many samples were written: a multiple of <see cref="Channels"/>, fewer than there was room for only at the end, 0 after it.</returns>
    /// <exception cref="AudioException">The file became unreadable: a disk fault.</exception>
    public abstract int Read(Span<float> interleaved);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Samples of the whole frames that fit; an error of the caller's where not one does.</summary>
    private protected int WholeFrames(Span<float> interleaved)
    {
        if (interleaved.Length < Channels)
        {
            throw new ArgumentException($"There is room for {interleaved.Length} samples, and a frame has {Channels}.", nameof(interleaved));
        }

        return interleaved.Length - interleaved.Length % Channels;
    }

    private protected void AddDamage(string what) => Damage = Damage is null ? what : $"{Damage}; {what}";

    private protected void AddDamageIfShort(long frames)
    {
        if (frames < AnnouncedFrames)
        {
            AddDamage($"{frames:n0} of {AnnouncedFrames:n0} announced frames");
        }
    }

    /// <summary>Refuses numbers that no sound file has.</summary>
    internal static void CheckPlausible(string path, long channels, long sampleRate)
    {
        if (channels is < 1 or > MaxChannels)
        {
            throw new AudioException(path, $"its header says {channels} channels, and 1 to {MaxChannels:n0} can be read");
        }

        if (sampleRate is < MinSampleRate or > MaxSampleRate)
        {
            throw new AudioException(path, $"its header says {sampleRate} Hz, and {MinSampleRate:n0} to {MaxSampleRate:n0} can be read");
        }
    }

    private static AudioReader Open(ByteSource source, Content content, bool useFfmpeg)
    {
        switch (content.Kind)
        {
            case ContentKind.Wav:
                return OpenPlain(source, AudioFormat.Wav, WavHeader.Read(source, content.Start), useFfmpeg);
            case ContentKind.Au:
                return OpenPlain(source, AudioFormat.Au, AuHeader.Read(source, content.Start), useFfmpeg);
            case ContentKind.Aiff:
                return OpenPlain(source, AudioFormat.Aiff, AiffHeader.Read(source, content.Start), useFfmpeg);
            case ContentKind.Flac:
                return SndFileReader.Open(source, AudioFormat.Flac, content.Start);
            case ContentKind.Ogg:
                return OpenCoded(source, AudioFormat.Ogg, content.Start, content.Name, useFfmpeg);
            case ContentKind.Mpeg:
                return Mpg123Reader.Open(source, AudioFormat.Mp3, content.Start, source.Length - content.Start);
            case ContentKind.OtherSound:
                return OpenCoded(source, AudioFormat.Other, content.Start, content.Name, useFfmpeg);
            case ContentKind.NotSound:
                throw new AudioException(source.Path, $"not a sound file: {content.Name}");
            default:
                return OpenForeign(source, AudioFormat.Other, content.Name, useFfmpeg, cause: null);
        }
    }

    private static AudioReader OpenPlain(ByteSource source, AudioFormat format, PlainLayout layout, bool useFfmpeg)
    {
        CheckPlausible(source.Path, layout.Channels, layout.SampleRate);
        if (layout.ForeignCodec is null)
        {
            return new PlainReader(source, format, layout);
        }

        return layout.IsMpeg
            ? Mpg123Reader.Open(source, format, layout.Offset, layout.Bytes)
            : OpenCoded(source, format, layout.Start, layout.ForeignCodec, useFfmpeg);
    }

    private static AudioReader OpenCoded(ByteSource source, AudioFormat format, long start, string name, bool useFfmpeg)
    {
        try
        {
            return SndFileReader.Open(source, format, start);
        }
        catch (AudioException e)
        {
            return OpenForeign(source, format, name, useFfmpeg, e);
        }
    }

    private static FfmpegReader OpenForeign(ByteSource source, AudioFormat format, string name, bool useFfmpeg, AudioException? cause)
    {
        if (!useFfmpeg)
        {
            string refused = cause is null ? name : $"{name} ({cause.Reason})";
            throw new AudioException(source.Path, $"not read by this program: {refused}; with --ffmpeg it may be readable", cause);
        }

        source.Dispose();
        return FfmpegReader.Open(source.Path, format);
    }
}
