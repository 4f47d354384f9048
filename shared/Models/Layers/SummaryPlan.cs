using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>Statistics of a sequence of data.</summary>
internal sealed record SummaryPlan(SummarySettings Settings) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new Summary(input, Settings, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => network.Summary(x, Settings);
}
