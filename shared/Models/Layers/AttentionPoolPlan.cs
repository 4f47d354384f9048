using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>All places that become one, each counting by a score that is learnt.</summary>
internal sealed record AttentionPoolPlan(int HiddenUnits) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new AttentionPool(input, HiddenUnits, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) =>
        network.AttentionPool(x, parameters[0].Values, parameters[1].Values, parameters[2].Values);
}
