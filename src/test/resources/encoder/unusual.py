"""Makes folders/unusual-*: tiny checkpoints whose sizes and choices no published model has, each in one way or other.

    pip install torch==2.13.0 transformers==5.18.0 safetensors
    python unusual.py folders

As the other folders, but expected.safetensors also holds single.<i>.features [frames, channels], what the feature
extractor gives, everything in it was computed in double precision, and among the clips is one of a single frame.
"""
import os, sys
import numpy as np, torch
from safetensors.torch import save_file
from transformers import (HubertConfig, HubertModel, Wav2Vec2Config, Wav2Vec2FeatureExtractor, Wav2Vec2Model,
                          WavLMConfig, WavLMModel)

models = {
    # An odd positional kernel, ReLU, another epsilon, overlapping and touching windows, channels that change.
    "unusual-odd": (HubertModel, HubertConfig(
        hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40, hidden_act="relu",
        conv_dim=[12, 20, 16], conv_kernel=[7, 4, 5], conv_stride=[3, 4, 2], conv_bias=True, layer_norm_eps=1e-3,
        num_conv_pos_embeddings=5, num_conv_pos_embedding_groups=4, feat_extract_activation="gelu")),
    # One head, one group, every convolution normalised but post-norm layers, ReLU in the feature extractor.
    "unusual-relu": (Wav2Vec2Model, Wav2Vec2Config(
        hidden_size=20, num_hidden_layers=1, num_attention_heads=1, intermediate_size=12, feat_extract_norm="layer",
        conv_dim=[8, 10], conv_kernel=[16, 9], conv_stride=[16, 4], conv_bias=False, layer_norm_eps=1e-6,
        num_conv_pos_embeddings=6, num_conv_pos_embedding_groups=1, feat_extract_activation="relu")),
    # Group norm under pre-norm layers, few buckets near and far, a stride of one, a kernel of one.
    "unusual-buckets": (WavLMModel, WavLMConfig(
        hidden_size=30, num_hidden_layers=3, num_attention_heads=5, intermediate_size=33, do_stable_layer_norm=True,
        conv_dim=[14, 6, 9], conv_kernel=[11, 3, 1], conv_stride=[10, 1, 1], conv_bias=True, layer_norm_eps=1e-4,
        num_conv_pos_embeddings=1, num_conv_pos_embedding_groups=3, num_buckets=12, max_bucket_distance=19)),
}

def clips(rng, field):
    t = np.arange(2500) / 16000
    a = 0.4 * np.sin(2 * np.pi * (200 * t + 900 * t * t)) + 0.05 * rng.standard_normal(t.size)
    b = 0.003 * rng.standard_normal(901)
    c = 0.1 * rng.standard_normal(field)
    return [np.clip(x, -1, 1).astype(np.float32) for x in (a, b, c)]

def receptive_field(config):
    field = 1
    for kernel, stride in zip(reversed(config.conv_kernel), reversed(config.conv_stride)):
        field = (field - 1) * stride + kernel
    return field

for index, (name, (cls, config)) in enumerate(models.items()):
    torch.manual_seed(200 + index)
    rng = np.random.default_rng(200 + index)
    model = cls(config).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.05 * torch.randn_like(p))
    folder = os.path.join(sys.argv[1], name)
    os.makedirs(folder, exist_ok=True)
    model.save_pretrained(folder, safe_serialization=True)
    Wav2Vec2FeatureExtractor(do_normalize=False).save_pretrained(folder)
    model.double()  # in single precision its own group norm is 3e-5 away
    expected = {}
    for i, wave in enumerate(clips(rng, receptive_field(config))):
        expected[f"wave.{i}"] = torch.from_numpy(wave)
        x = torch.from_numpy(wave)[None].double()
        with torch.no_grad():
            expected[f"single.{i}.features"] = model.feature_extractor(x)[0].T
            for l, hidden in enumerate(model(x, output_hidden_states=True).hidden_states):
                expected[f"single.{i}.hidden.{l}"] = hidden[0]
    save_file({k: v.float().contiguous() for k, v in expected.items()}, os.path.join(folder, "expected.safetensors"))
