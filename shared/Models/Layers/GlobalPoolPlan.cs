using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>All places that become one.</summary>
internal sealed record GlobalPoolPlan(GlobalPoolKind Kind) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new GlobalPool(input, Kind, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => Kind switch
    {
        GlobalPoolKind.Mean => network.GlobalMean(x),
        GlobalPoolKind.Max => network.GlobalMax(x),
        GlobalPoolKind.MeanAndMax => network.Concat(network.GlobalMean(x), network.GlobalMax(x)),
        _ => network.Concat(network.GlobalMean(x), network.GlobalDeviation(x, GlobalPool.Epsilon), network.GlobalMax(x)),
    };
}
