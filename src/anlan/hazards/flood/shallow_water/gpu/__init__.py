"""The same schemes on an NVIDIA GPU, through Numba's CUDA target."""
