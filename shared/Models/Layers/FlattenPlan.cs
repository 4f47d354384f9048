using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;

namespace Pipeline.Models.Layers;

/// <summary>All places of a sample as one vector: the same numbers under another shape.</summary>
internal sealed record FlattenPlan : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new Flat(input);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => network.Flatten(x);

    private sealed class Flat(Tensor input) : ILayer
    {
        public Tensor Output { get; } = input.Flat();

        public IReadOnlyList<Parameter> Parameters => [];

        public void Forward(int batch, Pass pass)
        {
        }

        public void Backward(int batch)
        {
        }

        public void Dispose()
        {
        }
    }
}
