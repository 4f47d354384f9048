using BenchmarkDotNet.Attributes;
using Pipeline.Audio;
using Pipeline.Audio.Plain;

namespace Pipeline.Benchmarks;

/// <summary>What is done to a clip's samples one block at a time. Bytes are those of the floats.</summary>
[Config(typeof(MicroConfig))]
public class SampleBenchmarks
{
    private const int Count = 1 << 15, Size = Count * sizeof(float);

    private readonly byte[] bytes = new byte[Count * 4];
    private readonly float[] samples = new float[Count];
    private readonly float[] noise = new float[Count];
    private readonly float[] mono = new float[Count / 2];
    private readonly SampleMeter meter = new();

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        random.NextBytes(bytes);
        for (int i = 0; i < Count; i++)
        {
            noise[i] = 2 * random.NextSingle() - 1;
        }
    }

    [Benchmark(Baseline = true), Bytes(Size)]
    public void Int16() => Decode(SampleEncoding.Int16, bigEndian: false);

    [Benchmark, Bytes(Size)]
    public void Int16BigEndian() => Decode(SampleEncoding.Int16, bigEndian: true);

    [Benchmark, Bytes(Size)]
    public void Int16Reference() => SampleDecoder.DecodeReference(bytes.AsSpan(0, Count * 2), SampleEncoding.Int16, bigEndian: false, samples);

    [Benchmark, Bytes(Size)]
    public void Int24() => Decode(SampleEncoding.Int24, bigEndian: false);

    [Benchmark, Bytes(Size)]
    public void Float32BigEndian() => Decode(SampleEncoding.Float32, bigEndian: true);

    [Benchmark, Bytes(Size)]
    public void MuLaw() => Decode(SampleEncoding.MuLaw, bigEndian: false);

    [Benchmark, Bytes(Size)]
    public void StereoToMono() => MonoMix.Mix(noise, 2, mono);

    [Benchmark, Bytes(Size)]
    public void Meter() => meter.Add(noise);

    private void Decode(SampleEncoding encoding, bool bigEndian) =>
        SampleDecoder.Decode(bytes.AsSpan(0, Count * PlainLayout.WidthOf(encoding)), encoding, bigEndian, samples);
}
