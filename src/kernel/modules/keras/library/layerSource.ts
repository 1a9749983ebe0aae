/**
 * @file `keras.layers.Layer` in the Python that cells are written in, so that the classes that
 * cells derive of it are made of Python's own parts (keras/src/layers/layer.py).
 */
export const layerSource = `
# What a layer keeps for itself: no weights and no layers of the user's.
own_names = {"build", "_keras_init", "_functional", "_inbound_nodes", "_frozen"}


def held(layer, wanted):
    """What a layer has been given as attributes, in lists and dicts too, in that order."""
    found = []
    for name, value in layer.__dict__.items():
        if name in own_names:
            continue
        leaves = flatten(value) if isinstance(value, (list, tuple, dict)) else [value]
        for leaf in leaves:
            if wanted(leaf) and not any(leaf is one for one in found):
                found.append(leaf)
    return found


def without_repeats(values):
    found = []
    seen = set()
    for value in values:
        if id(value) not in seen:
            seen.add(id(value))
            found.append(value)
    return found


class LayerMembers:
    def __new__(cls, *args, **kwargs):
        instance = object.__new__(cls)
        instance._keras_init = (args, kwargs)
        original_build = instance.build

        def build(*args, **kwargs):
            with core.scope(instance):
                instance._path = core.current_path()
                original_build(*args, **kwargs)
            instance._build_shapes_dict = core.bind(original_build, args, kwargs)[0]
            instance.built = True

        instance._build_names = core.parameters(original_build)
        instance.build = build
        return instance

    def __init__(
        self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs
    ):
        if name is not None and (not isinstance(name, str) or "/" in name):
            raise ValueError(
                "Argument \`name\` must be a string and cannot contain character \`/\`. "
                f"Received: name={name} (of type {type(name)})"
            )
        self.name = core.auto_name(type(self).__name__) if name is None else name
        self.dtype_policy = core.policy(dtype)
        self.activity_regularizer = regularizers.get(activity_regularizer)
        input_dim = kwargs.pop("input_dim", None)
        input_shape = kwargs.pop("input_shape", None)
        self._input_shape_arg = input_shape if input_dim is None else (input_dim,)
        if self._input_shape_arg is not None:
            warnings.warn(
                "Do not pass an \`input_shape\`/\`input_dim\` argument to "
                "a layer. When using Sequential models, "
                "prefer using an \`Input(shape)\` object as the "
                "first layer in the model instead."
            )
        if kwargs:
            raise ValueError(
                f"Unrecognized keyword arguments passed to {type(self).__name__}: {kwargs}"
            )
        self._path = None
        self.built = False
        self.autocast = autocast
        self.input_spec = None
        if not isinstance(trainable, bool):
            raise ValueError(
                "Expected \`trainable\` to be a boolean. "
                f"Received: trainable={trainable} (of type {type(trainable)})"
            )
        self._trainable = trainable
        self._added_weights = []
        self._frozen = []
        self._losses = []
        self._inbound_nodes = []
        self._build_shapes_dict = None
        self._convert_input_args = True
        self._allow_non_tensor_positional_args = False
        self.call_signature_parameters = core.parameters(self.call)
        self._call_has_training_arg = "training" in self.call_signature_parameters
        self._call_has_mask_arg = "mask" in self.call_signature_parameters
        self.supports_masking = type(self).compute_mask is not Layer.compute_mask

    @property
    def path(self):
        return self._path

    @property
    def dtype(self):
        return self.variable_dtype

    @property
    def compute_dtype(self):
        return self.dtype_policy.compute_dtype

    @property
    def variable_dtype(self):
        return self.dtype_policy.variable_dtype

    @property
    def input_dtype(self):
        return self.compute_dtype

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        value = bool(value)
        self._trainable = value
        for variable in self._trainable_own():
            variable.trainable = value
            if not value and not any(variable is one for one in self._frozen):
                self._frozen.append(variable)
        for layer in self._flatten_layers():
            layer.trainable = value

    def _flatten_layers(self):
        return held(self, core.is_layer)

    def _own_variables(self):
        return without_repeats(self._added_weights + held(self, core.is_variable))

    def _trainable_own(self):
        return [
            variable
            for variable in self._own_variables()
            if variable.trainable or any(variable is one for one in self._frozen)
        ]

    @property
    def variables(self):
        trainable = self._trainable_own()
        found = trainable + self._own_variables()
        found += [generator.state for generator in held(self, core.is_seed_generator)]
        for layer in self._flatten_layers():
            found += layer.variables
        return without_repeats(found)

    @property
    def weights(self):
        found = self._trainable_own() + self._own_variables()
        for layer in self._flatten_layers():
            found += layer.weights
        return without_repeats(found)

    @property
    def trainable_variables(self):
        return [v for v in self.variables if v.trainable] if self.trainable else []

    @property
    def non_trainable_variables(self):
        return [v for v in self.variables if not v.trainable] if self.trainable else self.variables

    @property
    def trainable_weights(self):
        return [v for v in self.weights if v.trainable] if self.trainable else []

    @property
    def non_trainable_weights(self):
        return [v for v in self.weights if not v.trainable] if self.trainable else self.weights

    @property
    def metrics(self):
        return []

    @property
    def metrics_variables(self):
        return []

    def get_weights(self):
        return [variable.numpy() for variable in self.weights]

    def set_weights(self, weights):
        own = self.weights
        if len(own) != len(weights):
            raise ValueError(
                f"You called \`set_weights(weights)\` on layer '{self.name}' "
                f"with a weight list of length {len(weights)}, but the layer "
                f"was expecting {len(own)} weights."
            )
        for variable, value in zip(own, weights):
            if variable.shape != value.shape:
                raise ValueError(
                    f"Layer {self.name} weight shape {variable.shape} "
                    "is not compatible with provided weight "
                    f"shape {value.shape}."
                )
            variable.assign(value)

    def count_params(self):
        if not self.built:
            raise ValueError(
                "You tried to call \`count_params\` "
                f"on layer '{self.name}', but the layer isn't built. "
                "You can build it manually via: \`layer.build(input_shape)\`."
            )
        return count_values(self.weights)

    def add_weight(
        self,
        shape=None,
        initializer=None,
        dtype=None,
        trainable=True,
        autocast=True,
        regularizer=None,
        constraint=None,
        aggregation="none",
        overwrite_with_gradient=False,
        name=None,
    ):
        self._check_super_called()
        if shape is None:
            shape = ()
        dtype = core.standardize_dtype(dtype) if dtype is not None else self.variable_dtype
        if initializer is None:
            initializer = "glorot_uniform" if "float" in dtype else "zeros"
        initializer = initializers.get(initializer)
        with core.scope(self):
            variable = core.variable(
                initializer=initializer,
                shape=shape,
                dtype=dtype,
                trainable=trainable,
                name=name,
                regularizer=regularizers.get(regularizer),
                constraint=constraints.get(constraint),
            )
        self._added_weights.append(variable)
        return variable

    def add_variable(self, shape, initializer, dtype=None, trainable=True, name=None, **kwargs):
        return self.add_weight(shape, initializer, dtype=dtype, trainable=trainable, name=name)

    def add_loss(self, loss):
        for one in flatten(loss):
            if not hasattr(one, "dtype"):
                raise ValueError(
                    "\`add_loss()\` can only be called from inside \`build()\` or \`call()\`, on a tensor input. "
                    f"Received invalid value: {one}"
                )
        self._losses += flatten(loss)

    @property
    def losses(self):
        found = list(self._losses)
        for layer in all_layers(self):
            found += core.activity_losses(layer) if core.is_native(layer) else layer._losses
        for variable in self.trainable_weights:
            if variable.regularizer is not None:
                found.append(variable.regularizer(variable))
        return found

    def _clear_losses(self):
        self._losses = []
        for layer in self._flatten_layers():
            if not core.is_native(layer):
                layer._clear_losses()

    def _check_super_called(self):
        if "_trainable" not in self.__dict__:
            raise RuntimeError(
                f"In layer '{type(self).__name__}', you forgot to call "
                "\`super().__init__()\` as the first statement "
                "in the \`__init__()\` method. Go add it!"
            )

    def build(self, input_shape):
        self._check_super_called()
        if type(self).build is Layer.build and self._unbuilt():
            warnings.warn(
                f"\`build()\` was called on layer '{self.name}', however "
                "the layer does not have a \`build()\` method implemented "
                "and it looks like it has unbuilt state. This will cause "
                "the layer to be marked as built, despite not being "
                "actually built, which may cause failures down the line. "
                "Make sure to implement a proper \`build()\` method."
            )
        self.built = True

    def _unbuilt(self):
        return any(not layer.built for layer in self._flatten_layers())

    def call(self, *args, **kwargs):
        raise NotImplementedError(
            f"Layer {type(self).__name__} does not have a \`call()\` method implemented."
        )

    def __call__(self, *args, **kwargs):
        self._check_super_called()
        original_args, original_kwargs = args, kwargs
        if self._convert_input_args:
            args = map_structure(self._convert, args)
            kwargs = map_structure(self._convert, kwargs)
        if not self._allow_non_tensor_positional_args:
            for value in flatten(args):
                if value is not None and not is_tensor(value):
                    raise ValueError(
                        "Only input tensors may be passed as "
                        "positional arguments. The following argument value "
                        f"should be passed as a keyword argument: {value} "
                        f"(of type {type(value)})"
                    )
        kwargs = dict(kwargs)
        context_training = None
        if not self._call_has_training_arg and "training" in kwargs:
            context_training = kwargs.pop("training")
        given, arguments = core.bind(self.call, args, kwargs)
        first = next(iter(arguments.values()))
        self._assert_input_compatibility(first)
        tensors = tensor_arguments(arguments)
        with core.scope(self):
            self._maybe_build(tensors, arguments, first)
        entered = core.enter_context(self)
        try:
            if entered:
                self._clear_losses()
            training = given.get("training", context_training)
            if "training" not in given and context_training is None:
                training = core.training()
                if training is None:
                    training = arguments.get("training")
            core.set_training(training)
            if self._call_has_training_arg and training is not None:
                kwargs["training"] = training
            masks = [core.mask(leaf) for leaf in flatten(first)]
            if self._call_has_mask_arg and arguments["mask"] is None and len(tensors) == 1:
                kwargs["mask"] = map_structure(core.mask, first)
            symbolic = has_symbolic(original_args, original_kwargs)
            with core.scope(self):
                try:
                    if symbolic:
                        outputs = self.compute_output_spec(*args, **kwargs)
                    elif self.compute_dtype == self.variable_dtype:
                        outputs = self.call(*args, **kwargs)
                    else:
                        with core.autocast(self.compute_dtype if self.autocast else None):
                            outputs = self.call(*args, **kwargs)
                except Exception as error:
                    raise core.explained(error, self, args, kwargs, symbolic) from None
            self.built = True
            if self.activity_regularizer is not None and not symbolic:
                for output in flatten(outputs):
                    loss = self.activity_regularizer(output)
                    self.add_loss(loss / output.shape[0] if output.ndim > 0 else loss)
            if self.supports_masking and not symbolic:
                mask = kwargs.get("mask")
                core.set_masks(outputs, flatten(mask) if mask is not None else masks)
        finally:
            if entered:
                core.leave_context()
        if symbolic:
            Node(self, original_args, original_kwargs, outputs)
        return outputs

    def _convert(self, value):
        return value if isinstance(value, KerasTensor) else core.convert(value, self.autocast, self.compute_dtype)

    def _assert_input_compatibility(self, inputs):
        check_inputs(self.input_spec, inputs, self.name)

    def _maybe_build(self, tensors, arguments, first):
        if self.built:
            return
        shapes = {
            name + "_shape": map_structure(lambda x: None if x is None else standardize_shape(x.shape), value)
            for name, value in tensors.items()
            if name != "mask"
        }
        if type(self).build is not Layer.build:
            self.build(**shapes_for("build", self._build_names, shapes, arguments, type(self).__name__))
            self._assert_input_compatibility(first)
            return
        if self._unbuilt():
            with core.stateless(self):
                infer_output_spec(self.call, (), arguments_for_call(self.call, arguments))
        self.build(next(iter(shapes.values()), None))

    def compute_mask(self, inputs, previous_mask):
        return previous_mask

    def compute_output_shape(self, *args, **kwargs):
        raise NotImplementedError(
            f"Layer {type(self).__name__} should implement "
            "\`def compute_output_shape(self, input_shape)\`."
        )

    def compute_output_spec(self, *args, **kwargs):
        if type(self).compute_output_shape is Layer.compute_output_shape:
            try:
                with core.stateless(self):
                    return infer_output_spec(self.call, args, kwargs)
            except Exception as error:
                raise core.same_error(
                    error,
                    "Could not automatically infer the output shape / dtype of "
                    f"'{self.name}' (of type {type(self).__name__}). "
                    f"Either the \`{type(self).__name__}.call()\` method "
                    "is incorrect, or you need to implement the "
                    f"\`{type(self).__name__}.compute_output_spec() / "
                    "compute_output_shape()\` method. "
                    f"Error encountered:\\n\\n{error}",
                )
        arguments = core.bind(self.call, args, kwargs)[1]
        shapes = {
            name + "_shape": map_structure(lambda x: None if x is None else standardize_shape(x.shape), value)
            for name, value in tensor_arguments(arguments).items()
            if name != "mask"
        }
        shape = self.compute_output_shape(
            **shapes_for(
                "compute_output_shape",
                core.parameters(self.compute_output_shape),
                shapes,
                arguments,
                type(self).__name__,
            )
        )
        return spec_of_shape(shape, self.compute_dtype)

    @property
    def _node(self):
        if not self._inbound_nodes:
            raise AttributeError(f"The layer {self.name} has never been called and thus has no defined input.")
        return self._inbound_nodes[0]

    @property
    def input(self):
        return one_or_all(self._node.input_tensors)

    @property
    def output(self):
        if not self._inbound_nodes:
            raise AttributeError(f"The layer {self.name} has never been called and thus has no defined output.")
        return one_or_all(self._inbound_nodes[0].output_tensors)

    def get_config(self):
        self._check_super_called()
        config = {"name": self.name}
        if type(self).get_config is Layer.get_config:
            config.update(core.initial_config(self))
        config["trainable"] = self.trainable
        config["dtype"] = core.serialize(self.dtype_policy)
        if self.activity_regularizer is not None:
            config["activity_regularizer"] = core.serialize(self.activity_regularizer)
        return config

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        if isinstance(config.get("dtype"), dict):
            config["dtype"] = core.policy(config["dtype"]["config"]["name"])
        return cls(**config)

    def get_build_config(self):
        shapes = self._build_shapes_dict
        if shapes is None:
            return None
        if len(shapes) == 1:
            return {"input_shape": tuple(next(iter(shapes.values())))}
        return {"shapes_dict": shapes}

    def build_from_config(self, config):
        if config:
            self.build(config["input_shape"])

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"
`;
