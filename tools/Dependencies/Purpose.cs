// What a program is needed for: who only runs guests needs no compiler.
namespace Nestor.Tools.Dependencies;

public enum Purpose
{
    Build,
    Run,
    Debug,
    Selftests,
}
