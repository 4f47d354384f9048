using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Recipes;

namespace Pipeline.Models;

/// <summary>A layer to be, before the shapes are known. What a recipe calls a layer may be several of them.</summary>
public abstract record LayerPlan
{
    /// <summary>Which of the recipe's layers it is of, from 1.</summary>
    public int Number { get; private init; }

    /// <summary>The zeros around its input that it wants.</summary>
    public virtual Halo InputHalo => Halo.None;

    /// <summary>Makes the layer.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public abstract ILayer Build(Tensor input, Halo outputHalo, Team team);

    /// <summary>Adds the layer to a model of another format.</summary>
    /// <param name="network">The model.</param>
    /// <param name="x">What the layer reads.</param>
    /// <param name="parameters">What the layer has learnt.</param>
    public abstract OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters);

    /// <summary>Reads a recipe's list of layers.</summary>
    /// <param name="section">The section that has the list <c>layers</c>.</param>
    /// <param name="view">What the first layer gets.</param>
    public static IReadOnlyList<LayerPlan> ReadAll(RecipeSection section, View view)
    {
        ArgumentNullException.ThrowIfNull(section);
        var layers = new List<LayerPlan>();
        int number = 0;
        foreach (RecipeSection layer in section.List("layers"))
        {
            int before = layers.Count;
            view = LayerReader.Read(layer, view, layers);
            layer.Finish();
            number++;
            for (int i = before; i < layers.Count; i++)
            {
                layers[i] = layers[i] with { Number = number };
            }
        }

        return layers;
    }
}
