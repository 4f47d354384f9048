using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Pipeline.Cli;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Tables;

namespace Pipeline.Stages.Training;

/// <summary>
/// The normalised windows of the train and valid parts, of each input the channels that it looks at, in the network's layout. They are in
/// memory where there is room, and otherwise in a file that is mapped into it: what is trained does not depend on which.
/// </summary>
internal sealed unsafe class SampleStore : IDisposable
{
    private readonly long count;
    private readonly long[] offsets; // of each input within a sample
    private readonly Shape[] shapes;
    private readonly MemoryMappedFile? file;
    private readonly MemoryMappedViewAccessor? view;
    private readonly string? path;
    private float* first;

    private SampleStore(long count, Shape[] shapes, string? path)
    {
        (this.count, this.shapes, this.path) = (count, shapes, path);
        offsets = new long[shapes.Length];
        for (int i = 1; i < shapes.Length; i++)
        {
            offsets[i] = offsets[i - 1] + shapes[i - 1].Count;
        }

        Size = offsets[^1] + shapes[^1].Count;
        Labels = new int[count];
        IsTrain = new bool[count];
        Recordings = new int[count];
        long bytes = checked(count * Size * sizeof(float));
        if (path is null)
        {
            first = (float*)NativeMemory.Alloc((nuint)bytes);
        }
        else
        {
            try
            {
                Reserve(path, bytes);
                file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0);
                view = file.CreateViewAccessor();
                byte* start = null;
                view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
                first = (float*)start;
            }
            catch
            {
                view?.Dispose();
                file?.Dispose();
                File.Delete(path);
                throw;
            }
        }
    }

    /// <summary>Values of a sample, of all inputs.</summary>
    public long Size { get; }

    /// <summary>Number of each sample's genre.</summary>
    public int[] Labels { get; }

    /// <summary>Whether each sample is to learn from; the others are for validation.</summary>
    public bool[] IsTrain { get; }

    /// <summary>Number of each sample's recording.</summary>
    public int[] Recordings { get; }

    /// <summary>Bytes that the windows take.</summary>
    public static long BytesOf(Census census) =>
        (census.Windows(Part.Train) + census.Windows(Part.Valid)) * census.Inputs.Sum(i => (long)i.Channels * i.Frames) * sizeof(float);

    /// <summary>Reads the windows.</summary>
    /// <param name="tables">The features.</param>
    /// <param name="placement">Which part each is for.</param>
    /// <param name="census">What is known of them.</param>
    /// <param name="plan">What the network looks at.</param>
    /// <param name="spool">The file for them; null for memory.</param>
    /// <param name="progress">Counts windows.</param>
    /// <param name="cancel">Ends it.</param>
    public static SampleStore Load(FeatureTables tables, Placement placement, Census census, NetworkPlan plan, string? spool, Progress progress, CancellationToken cancel)
    {
        Shape[] shapes = [.. plan.Inputs.Select((p, i) => p.ShapeOf(census.Inputs[i].Channels, census.Inputs[i].Frames))];
        var store = new SampleStore(census.Windows(Part.Train) + census.Windows(Part.Valid), shapes, spool);
        try
        {
            store.Fill(tables, placement, census, plan, progress, cancel);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>An input of a sample.</summary>
    public ReadOnlySpan<float> Sample(long index, int input) => new(first + index * Size + offsets[input], shapes[input].Count);

    public void Dispose()
    {
        if (first is null)
        {
            return;
        }

        if (path is null)
        {
            NativeMemory.Free(first);
        }
        else
        {
            view!.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file!.Dispose();
            File.Delete(path);
        }

        first = null;
    }

    private void Fill(FeatureTables tables, Placement placement, Census census, NetworkPlan plan, Progress progress, CancellationToken cancel)
    {
        Dictionary<string, int> genres = census.Genres.Select((g, i) => (g, i)).ToDictionary(p => p.g, p => p.i);
        var recordings = new Dictionary<ulong, int>();
        long at = 0;
        foreach (FeatureRow[] window in tables.Read(cancel))
        {
            progress.Advance();
            Part part = placement.Of(window[0]);
            if (part is not (Part.Train or Part.Valid))
            {
                continue;
            }

            if (at == count || !genres.TryGetValue(window[0].Genre, out Labels[at]))
            {
                throw new StageException($"{tables.Readers[0].Path} has changed while it was read: start again");
            }

            IsTrain[at] = part == Part.Train;
            ulong key = Datasets.Lot.Draw(0, window[0].RecordingId);
            if (!recordings.TryGetValue(key, out Recordings[at]))
            {
                recordings[key] = Recordings[at] = recordings.Count;
            }

            for (int i = 0; i < window.Length; i++)
            {
                ModelInput input = census.Inputs[i];
                input.Normalisation.Apply(input.Of(window[i].Values), plan.Inputs[i].View, new Span<float>(first + at * Size + offsets[i], shapes[i].Count));
            }

            at++;
        }

        if (at != count)
        {
            throw new StageException($"{tables.Readers[0].Path} has changed while it was read: start again");
        }
    }

    // A disk that is full says so now, and not by a signal when a page is written.
    private static void Reserve(string path, long bytes)
    {
        byte[] zeros = new byte[1 << 20];
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        for (long left = bytes; left > 0; left -= zeros.Length)
        {
            stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }
    }
}
