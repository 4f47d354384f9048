using System.Numerics;
using System.Runtime.InteropServices;
using Pipeline.Parquet;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Encodings;
using Pipeline.Tables;

namespace Pipeline.Benchmarks;

/// <summary>Measurements of whole tables, each in a process of its own: so that memory can be told, and DuckDB be held beside.</summary>
internal static class Commands
{
    public static Func<Arguments, int>? Find(string name) => name switch
    {
        "table-write" => WriteTable,
        "table-read" => ReadTable,
        "labels-write" => WriteLabels,
        "labels-read" => ReadLabels,
        "limits" => MeasureLimits,
        "audio-read" => AudioCommands.Read,
        "song-files" => SongFiles.Measure,
        "resample" => Resampling.Measure,
        "dsp-rhythm" => Rhythm.Measure,
        "dsp-spectral" => SpectralCommands.Measure,
        "dsp-gtzan" => SpectralCommands.CompareTable,
        "dsp-fourier" => DspFourier.Measure,
        "pictures" => PictureCommands.Measure,
        "echonest-report" => EchonestReport.Report,
        "echonest-stability" => SegmentStability.Measure,
        "song-analysis" => EchonestReport.Measure,
        "many-songs" => ManySongs.Write,
        "train-step" => TrainingStep.Serve,
        "echonest-pitch-report" => RhythmAndPitch.Report,
        _ => null,
    };

    private static int WriteTable(Arguments args)
    {
        int rows = args.Number("--rows", 1000), length = args.Number("--length", 166_400);
        string codec = args.Text("--codec", "zstd");
        var table = new NoisyTable(length);
        var options = new ParquetWriterOptions
        {
            Codec = Codec(codec),
            SplitFloats = args.Has("--split") || (codec != "none" && !args.Has("--plain")),
        };

        // Only the writer's calls are timed: the rows before them would come from elsewhere.
        var meter = new Meter();
        meter.Start();
        using var stream = new FileStream(args.File, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        using var writer = new ParquetWriter(stream, [new("id", ColumnType.Int64), new("values", ColumnType.Float, IsList: true)], options);
        ColumnWriter<long> id = writer.Column<long>("id");
        ColumnWriter<float> values = writer.Column<float>("values");
        meter.Stop();
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = table.Row(r);
            meter.Start();
            id.Append(r);
            values.AppendList(row);
            writer.EndRow();
            meter.Stop();
        }

        meter.Start();
        writer.Finish();
        stream.Dispose();
        meter.Stop();
        meter.Report("table-write", (long)rows * length * 4, args.File, ("codec", codec), ("split", options.SplitFloats));
        return 0;
    }

    private static int ReadTable(Arguments args)
    {
        var meter = new Meter();
        double sum = 0;
        long count = 0;
        meter.Start();
        using (ParquetFile file = ParquetFile.Open(args.File))
        using (RowBatches rows = file.Read("values"))
        {
            ColumnBatch<float> values = rows.Column<float>("values");
            while (rows.Next(args.Number("--batch", 0)))
            {
                sum += Sum(values.Values);
                count += values.Slots;
            }
        }

        meter.Stop();
        meter.Report("table-read", count * 4, args.File, ("sum", sum));
        return 0;
    }

    private static int WriteLabels(Arguments args)
    {
        int rows = args.Number("--rows", 1_000_000);
        var labels = new Label[10_000];
        var meter = new Meter();
        long bytes = 0;
        meter.Start();
        var options = new ParquetWriterOptions { Codec = Codec(args.Text("--codec", "zstd")) };
        using TableWriter<Label> writer = TableWriter<Label>.Create(args.File, Provenance.Empty, options);
        meter.Stop();
        using IEnumerator<Label> source = LabelTable.Rows(rows).GetEnumerator();
        for (int left = rows; left > 0; left -= labels.Length)
        {
            int count = Math.Min(left, labels.Length);
            for (int i = 0; i < count; i++)
            {
                source.MoveNext();
                labels[i] = source.Current;
                bytes += LabelTable.TextBytes(labels[i]);
            }

            meter.Start();
            for (int i = 0; i < count; i++)
            {
                writer.Write(labels[i]);
            }

            meter.Stop();
        }

        meter.Start();
        writer.Commit();
        meter.Stop();
        meter.Report("labels-write", bytes, args.File, ("rows", rows));
        return 0;
    }

    private static int ReadLabels(Arguments args)
    {
        var meter = new Meter();
        long rows = 0, bytes = 0;
        meter.Start();
        if (args.Has("--columns"))
        {
            // Row groups are independent: as many threads as asked for take them in turn.
            using ParquetFile file = ParquetFile.Open(args.File);
            var threads = new ParallelOptions { MaxDegreeOfParallelism = args.Number("--threads", 1) };
            Parallel.For(0, file.Metadata.RowGroups.Count, threads, group =>
            {
                (long groupRows, long groupBytes) = ReadTexts(file, group);
                Interlocked.Add(ref rows, groupRows);
                Interlocked.Add(ref bytes, groupBytes);
            });
        }
        else
        {
            foreach (Label label in TableReader<Label>.Open(args.File).Read())
            {
                bytes += LabelTable.TextBytes(label);
                rows++;
            }
        }

        meter.Stop();
        meter.Report(args.Has("--columns") ? "labels-read-columns" : "labels-read", bytes, args.File, ("rows", rows));
        return 0;
    }

    private static (long Rows, long Bytes) ReadTexts(ParquetFile file, int group)
    {
        long rows = 0, bytes = 0;
        string[] names = [.. Label.Contract.Columns.Select(c => c.Name)];
        using RowBatches batches = file.Read(names, group..(group + 1));
        ByteColumnBatch[] columns = [.. names.Select(batches.Bytes)];
        while (batches.Next())
        {
            foreach (ByteColumnBatch column in columns)
            {
                foreach (ByteRange value in column.Values)
                {
                    bytes += value.Length;
                }
            }

            rows += batches.Count;
        }

        return (rows, bytes);
    }

    /// <summary>What the parts of a page cost by themselves: nothing made of them can be faster.</summary>
    private static int MeasureLimits(Arguments args)
    {
        const int length = 166_400, rowsPerPage = 2;
        var table = new NoisyTable(length);
        var pages = new byte[16][];
        for (int p = 0; p < pages.Length; p++)
        {
            var floats = new float[rowsPerPage * length];
            for (int r = 0; r < rowsPerPage; r++)
            {
                table.Row(p * rowsPerPage + r).CopyTo(floats.AsSpan(r * length));
            }

            pages[p] = MemoryMarshal.AsBytes(floats.AsSpan()).ToArray();
        }

        int size = pages[0].Length;
        byte[][] split = [.. pages.Select(_ => new byte[size])];
        byte[][] packed = [.. pages.Select(_ => new byte[Zstd.MaxCompressedLength(size)])];
        byte[] room = new byte[size];
        int[] packedLengths = new int[pages.Length];
        using Zstd.CompressionContext compression = Zstd.CompressionContext.Create();
        using Zstd.DecompressionContext decompression = Zstd.DecompressionContext.Create();
        byte[] large = new byte[256 << 20], copy = new byte[256 << 20];
        large.AsSpan().Fill(1);
        copy.AsSpan().Fill(2);

        Time("copy, out of memory", large.Length, 1, _ => large.CopyTo(copy, 0));
        Time("copy, a page in cache", size, pages.Length, _ => pages[0].CopyTo(room, 0));
        Time("split", size, pages.Length, p => ByteStreamSplit.Encode(pages[p], 4, split[p]));
        Time("zstd 1 of split pages", size, pages.Length, p => packedLengths[p] = Zstd.Compress(compression, split[p], packed[p], 1));
        Console.WriteLine($"{{\"part\":\"compressed to\",\"ratio\":{packedLengths.Sum() / (double)(size * pages.Length):f4}}}");
        Time("crc of compressed pages, by their own size", packedLengths[0], pages.Length, p => Crc32.Compute(packed[p].AsSpan(0, packedLengths[p])));
        Time("unzstd of split pages", size, pages.Length, p => Zstd.Decompress(decompression, packed[p].AsSpan(0, packedLengths[p]), room));
        Time("join", size, pages.Length, p => ByteStreamSplit.Decode(split[p], 4, size / 4, 0, room));
        Time("zstd 1 of plain pages", size, pages.Length, p => packedLengths[p] = Zstd.Compress(compression, pages[p], packed[p], 1));
        Console.WriteLine($"{{\"part\":\"compressed to\",\"ratio\":{packedLengths.Sum() / (double)(size * pages.Length):f4}}}");
        Time("unzstd of plain pages", size, pages.Length, p => Zstd.Decompress(decompression, packed[p].AsSpan(0, packedLengths[p]), room));
        double sum = 0;
        Time("sum", size, pages.Length, p => sum += Sum(MemoryMarshal.Cast<byte, float>(pages[p])));
        return sum == 0 ? 1 : 0;
    }

    private static void Time(string part, int bytes, int calls, Action<int> action)
    {
        var rates = new List<double>();
        for (int round = 0; round < 12; round++)
        {
            var meter = new Meter();
            meter.Start();
            for (int i = 0; i < calls; i++)
            {
                action(i);
            }

            meter.Stop();
            rates.Add((double)bytes * calls / 1e6 / meter.Cpu.TotalSeconds);
        }

        rates.RemoveRange(0, 3); // until the code is compiled for good
        rates.Sort();
        Console.WriteLine($"{{\"part\":\"{part}\",\"MBperCpuS\":{rates[rates.Count / 2]:f0}}}");
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        Vector<double> a = Vector<double>.Zero, b = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> low, out Vector<double> high);
            a += low;
            b += high;
        }

        double sum = Vector.Sum(a + b);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    private static CompressionCodec Codec(string name) => name switch
    {
        "zstd" => CompressionCodec.Zstd,
        "none" => CompressionCodec.Uncompressed,
        "brotli" => CompressionCodec.Brotli,
        "gzip" => CompressionCodec.Gzip,
        "snappy" => CompressionCodec.Snappy,
        _ => throw new ArgumentException($"there is no codec '{name}'"),
    };
}
