using System.Runtime.InteropServices;
using Pipeline.Audio;
using Pipeline.Native;

namespace Pipeline.Benchmarks;

/// <summary>Reading clips of 30 s at 22,050 Hz, one channel: by the library, and by libsndfile called directly.</summary>
internal static unsafe partial class AudioCommands
{
    private const int SampleRate = 22_050, ClipFrames = 30 * SampleRate, DifferentClips = 20;

    private static readonly float[] Block = new float[1 << 14];

    /// <summary>
    /// <c>audio-read FOLDER [--kind wav|au] [--by ours|libsndfile] [--into blocks|array] [--clips N]</c>: the clips are made in the folder where they
    /// are not there yet. An array of its own for each clip costs its pages; blocks show the reading alone.
    /// </summary>
    public static int Read(Arguments args)
    {
        string kind = args.Text("--kind", "wav"), by = args.Text("--by", "ours");
        string into = args.Text("--into", "blocks");
        int clips = args.Number("--clips", 2000);
        string[] paths = MakeClips(args.File, kind == "au" ? AudioContainer.Au : AudioContainer.Wav);
        Func<string, float> read = (by, into) switch
        {
            ("ours", "blocks") => ReadBlocks,
            ("ours", _) => path => AudioFile.Read(path).Samples[1000],
            _ => path => ReadBySndFile(path, into == "blocks"),
        };

        // The first ones pay for compiling and for files that are not in the page cache yet.
        double sum = 0;
        foreach (string path in paths)
        {
            sum += read(path);
        }

        var meter = new Meter();
        meter.Start();
        for (int i = 0; i < clips; i++)
        {
            sum += read(paths[i % paths.Length]);
        }

        meter.Stop();
        meter.Report("audio-read", (long)clips * ClipFrames * sizeof(float), "",
            ("kind", kind), ("by", by), ("into", into), ("filesPerS", Math.Round(clips / meter.Wall.TotalSeconds)), ("cpuMsPerClip", Math.Round(meter.Cpu.TotalMilliseconds / clips, 4)), ("sum", sum));
        return 0;
    }

    private static string[] MakeClips(string folder, AudioContainer container)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        float[] samples = new float[ClipFrames];
        string[] paths = new string[DifferentClips];
        for (int clip = 0; clip < paths.Length; clip++)
        {
            paths[clip] = Path.Combine(folder, $"clip.{clip:D2}.{(container == AudioContainer.Au ? "au" : "wav")}");
            if (!File.Exists(paths[clip]))
            {
                for (int i = 0; i < samples.Length; i++)
                {
                    samples[i] = 2 * random.NextSingle() - 1;
                }

                using FileStream file = File.Create(paths[clip]);
                AudioWriter.Write(file, samples, 1, SampleRate, container);
            }
        }

        return paths;
    }

    private static float ReadBlocks(string path)
    {
        using AudioReader reader = AudioReader.Open(path);
        float sample = 0;
        while (reader.Read(Block) > 0)
        {
            sample += Block[1000];
        }

        return sample;
    }

    private static float ReadBySndFile(string path, bool blocks)
    {
        NativeLibraries.Register(typeof(AudioCommands).Assembly);
        Info info = default;
        nint file = sf_open(path, 0x10, &info);
        float sample = 0;
        float[] samples = blocks ? Block : GC.AllocateUninitializedArray<float>((int)info.Frames * info.Channels);
        fixed (float* to = samples)
        {
            while (sf_readf_float(file, to, samples.Length / info.Channels) > 0)
            {
                sample += samples[1000];
            }
        }

        _ = sf_close(file);
        return sample;
    }

    private struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    [LibraryImport("sndfile", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint sf_open(string path, int mode, Info* info);

    [LibraryImport("sndfile")]
    private static partial long sf_readf_float(nint file, float* to, long frames);

    [LibraryImport("sndfile")]
    private static partial int sf_close(nint file);
}
