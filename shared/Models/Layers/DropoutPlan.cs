using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>Values that are dropped in training.</summary>
internal sealed record DropoutPlan(float Share) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new Dropout(input, Share, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => x;
}
