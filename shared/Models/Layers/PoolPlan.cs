using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>Neighbouring places that become one.</summary>
internal sealed record PoolPlan(PoolSettings Settings) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team)
    {
        Shape output = Settings.OutputOf(input.Shape);
        return output.Places > 0 ? new Pool(input, Settings, outputHalo, team) : throw new ArgumentException("they are smaller than what becomes one place");
    }

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => Settings.Kind switch
    {
        PoolKind.Max => network.MaxPool(x, Settings.Height, Settings.Width),
        PoolKind.Mean => network.AveragePool(x, Settings.Height, Settings.Width),
        _ => network.Pick(x, Settings.Height, Settings.Width),
    };
}
