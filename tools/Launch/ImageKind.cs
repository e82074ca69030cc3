// The kinds of kernels that can be told apart.
namespace Nestor.Tools.Launch;

public enum ImageKind
{
    Arm64Image,
    Elf,

    /// <summary>Code without a header.</summary>
    Raw,
}
